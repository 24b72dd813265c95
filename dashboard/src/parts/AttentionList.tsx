import type { Attention } from '../api/types'
import { plural } from '../format/number'
import { line, shortId } from '../format/text'
import { between, instant } from '../format/time'
import { now } from '../state/clock'
import { Link } from './Link'
import { Status } from './Status'

const whys: Record<string, string> = {
  stalled: 'no event for long',
  recovering: 'connection lost, coming back',
  'queued-long': 'queued for long',
  'circuit-open': 'circuit open',
}

/** What does not go on as it should, the worst first. */
export function AttentionList({ runs }: { runs: Attention[] }) {
  if (runs.length === 0) {
    return (
      <p class="calm">
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="M2 6.4 4.8 9 10 3.2" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
        Nothing needs a look.
      </p>
    )
  }
  return (
    <section class="card attention" aria-labelledby="attention-title">
      <h2 id="attention-title">{plural(runs.length, 'run needs', 'runs need')} a look</h2>
      <ul>
        {runs.slice(0, 12).map((run) => (
          <li key={run.id}>
            <Status status={run.status} phase={run.phase} />
            <Link to={`/runs/${run.id}`} class="mono" title={run.id}>
              {shortId(run.id)}
            </Link>
            <span class="attention-model">{line(run.model)}</span>
            <span class="attention-why">{whys[run.why] ?? line(run.why)}</span>
            <span class="number muted" title={instant(run.since)}>
              {run.since ? between(run.since, null, now.value) : ''}
            </span>
          </li>
        ))}
      </ul>
      {runs.length > 12 && <p class="muted">and {plural(runs.length - 12, 'more', 'more')}</p>}
    </section>
  )
}
