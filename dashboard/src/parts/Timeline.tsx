import type { JournalEntry, Run } from '../api/types'
import { line } from '../format/text'
import { duration, moment, round } from '../format/time'
import { now } from '../state/clock'
import { happenings, type Gap, type Happening } from '../state/happenings'
import type { Mark } from '../state/runWatch'

const signs: Record<Happening['kind'], string> = {
  submitted: '○',
  dispatched: '▸',
  attached: '▹',
  'first-event': '●',
  detached: '≠',
  reattached: '↻',
  failed: '✕',
  reset: '⟲',
  ended: '■',
}

/** The attempts of a run over time: waiting, streaming, breaks; and beside it the same in words. */
export function Timeline({ run, marks, journal }: { run: Run; marks: Mark[]; journal: JournalEntry[] | null }) {
  const { list, gaps } = happenings(run, marks, journal)
  const start = Date.parse(run.createdAt)
  const end = Math.max(start + 1, run.endedAt ? Date.parse(run.endedAt) : now.value, ...list.map((one) => one.at ?? 0))
  const at = (time: number) => `${Math.min(100, Math.max(0, ((time - start) / (end - start)) * 100)).toFixed(3)}%`
  return (
    <section class="card timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      <div class="tracks" aria-hidden="true">
        <div class="axis">
          {ticks(end - start).map((tick) => (
            <span key={tick} style={{ left: at(start + tick) }}>
              {tick === 0 ? '0' : round(duration(tick))}
            </span>
          ))}
        </div>
        {run.attempts.map((attempt) => (
          <div key={attempt.attempt} class="track">
            <span class="track-name" title={line(attempt.model)}>
              <b>{attempt.attempt}</b> {line(attempt.model, 60)}
            </span>
            <span class="track-bar">
              {attempt.attempt === 1 && attempt.startedAt && <Bar kind="queue" from={start} to={Date.parse(attempt.startedAt)} at={at} title="Queued" />}
              {attempt.startedAt && (
                <Bar kind="wait" from={Date.parse(attempt.startedAt)} to={first(attempt.firstEventAt, attempt.endedAt, end)} at={at} title="Waiting for the first event" />
              )}
              {attempt.firstEventAt && (
                <Bar kind={attempt.error ? 'failed' : 'stream'} from={Date.parse(attempt.firstEventAt)} to={first(attempt.endedAt, null, end)} at={at} title="Streaming" />
              )}
              {gaps
                .filter((gap) => gap.attempt === attempt.attempt)
                .map((gap) => (
                  <Bar key={gap.from} kind="gap" from={gap.from} to={gap.to ?? end} at={at} title={`Connection lost for ${gapTime(gap, end)}`} />
                ))}
              {list
                .filter((one) => one.attempt === attempt.attempt && one.at !== null)
                .map((one) => (
                  <i key={`${one.kind}${one.at}`} class={`mark mark-${one.kind}`} style={{ left: at(one.at!) }} title={line(one.text)} />
                ))}
            </span>
          </div>
        ))}
        {run.attempts.length === 0 && <p class="muted">Not dispatched yet.</p>}
      </div>
      <div class="happenings" tabIndex={0} role="region" aria-label="What happened">
        <ol>
          {list.map((one, index) => (
            <li key={index} class={`happening-${one.kind}`}>
              <span class="happening-time" title={one.at === null ? undefined : new Date(one.at).toISOString()}>
                {one.at === null ? '' : one.kind === 'submitted' ? moment(run.createdAt) : `+${duration(one.at - start)}`}
              </span>
              <i aria-hidden="true">{signs[one.kind]}</i>
              <span>
                {one.attempt !== null && run.attempts.length > 1 && <b>{one.attempt} </b>}
                {line(one.text, 400)}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  )
}

interface BarProps {
  kind: string
  from: number
  to: number
  at(time: number): string
  title: string
}

function Bar({ kind, from, to, at, title }: BarProps) {
  return <i class={`bar bar-${kind}`} style={{ left: at(from), right: `calc(100% - ${at(to)})` }} title={`${title}: ${duration(to - from)}`} />
}

function first(a: string | null, b: string | null, otherwise: number): number {
  return a ? Date.parse(a) : b ? Date.parse(b) : otherwise
}

function gapTime(gap: Gap, end: number): string {
  return duration((gap.to ?? end) - gap.from)
}

/** Four to eight round steps. */
function ticks(span: number): number[] {
  const steps = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 14_400_000]
  const step = steps.find((one) => span / one <= 7) ?? 86_400_000
  const result: number[] = []
  for (let tick = 0; tick <= span * 0.97; tick += step) result.push(tick)
  return result
}
