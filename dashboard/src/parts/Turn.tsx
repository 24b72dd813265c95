import type { Run } from '../api/types'
import { count } from '../format/number'
import { line } from '../format/text'
import { between, duration, instant } from '../format/time'
import { now } from '../state/clock'
import { Missing } from './Missing'
import { usePoll } from './usePoll'

/** What a run waits for before its next dispatch. Read again while it does: no event tells that its place in the line has moved. */
export function Turn({ id }: { id: string }) {
  const { value: run } = usePoll<Run>(`/v1/runs/${id}`, 2500)
  const queue = run?.queue
  if (!queue) return <Missing title="Waiting to be dispatched" />
  const left = queue.expectedAt === null ? null : Math.ceil((Date.parse(queue.expectedAt) - now.value) / 1000) * 1000
  return (
    <Missing title={`Waiting for its turn with ${line(queue.model)}`}>
      <p>{line(queue.message, 600)}</p>
      <p class="muted">
        {[
          `for ${between(queue.since, null, now.value)}`,
          queue.ahead === null ? '' : queue.ahead === 0 ? 'the next in line' : `${count(queue.ahead)} ahead of it`,
        ]
          .filter(Boolean)
          .join(' · ')}
        {left !== null && (
          <>
            {' · '}
            <span title={instant(queue.expectedAt)}>{left > 0 ? `its turn should come in ${duration(left)}` : 'its turn should come now'}</span>
          </>
        )}
      </p>
    </Missing>
  )
}
