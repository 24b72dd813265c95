import type { RunPage } from '../api/types'
import { plural } from '../format/number'
import { line, shortId } from '../format/text'
import { between, instant } from '../format/time'
import { now } from '../state/clock'
import { Link } from './Link'
import { Status } from './Status'
import { usePoll } from './usePoll'

/** For a server without figures: what the list tells of what goes on, those in trouble first. */
export function ActiveRuns() {
  const { value } = usePoll<RunPage>('/v1/runs?status=queued&status=running&limit=50', 3000)
  if (value === null) return null
  const runs = value.runs.toSorted((a, b) => trouble(b.phase) - trouble(a.phase))
  return (
    <section class={`card attention${runs.some((run) => trouble(run.phase) > 0) ? '' : ' attention-none'}`} aria-labelledby="active-title">
      <h2 id="active-title">{runs.length === 0 ? 'No run is active' : `${plural(runs.length, 'active run')}${value.next === null ? '' : ', and more'}`}</h2>
      <ul>
        {runs.slice(0, 20).map((run) => (
          <li key={run.id}>
            <Status status={run.status} phase={run.phase} />
            <Link to={`/runs/${run.id}`} class="mono" title={run.id}>
              {shortId(run.id)}
            </Link>
            <span class="attention-model">{line(run.model)}</span>
            <span />
            <span class="number muted" title={instant(run.createdAt)}>
              {between(run.createdAt, null, now.value)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function trouble(phase: string | undefined): number {
  return phase === 'stalled' ? 2 : phase === 'recovering' ? 1 : 0
}
