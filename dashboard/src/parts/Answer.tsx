import type { Run } from '../api/types'
import { bytes, plural } from '../format/number'
import { visible } from '../format/text'
import type { RunWatch } from '../state/runWatch'
import { Copy } from './Copy'
import { Download } from './Download'
import { LiveText, useFollowEnd } from './LiveText'
import { MediaDocument } from './MediaDocument'
import { Missing } from './Missing'
import { Turn } from './Turn'

/** What the model wrote so far, as text. */
export function Answer({ run, watch }: { run: Run; watch: RunWatch }) {
  const live = watch.isLive
  useFollowEnd(watch.version, live)
  const hasText = watch.text.length > 0
  const hasReasoning = watch.reasoning.length > 0
  const nothing = !hasText && !hasReasoning && watch.toolCalls.length === 0 && !run.output.document
  return (
    <section class="card answer" aria-labelledby="answer-title" aria-busy={live}>
      <div class="card-head">
        <h2 id="answer-title">Answer</h2>
        {hasText && (
          <span class="card-acts">
            <span class="muted number">{bytes(watch.text.length)}</span>
            <Copy text={() => watch.text.toString()} label="Copy the answer" />
            <Download text={() => watch.text.toString()} name={`${run.id}.txt`} label="Download the answer" />
          </span>
        )}
      </div>
      {hasReasoning && (
        <details class="reasoning" open={!hasText}>
          <summary>Reasoning · {plural(watch.reasoning.length, 'character')}</summary>
          <LiveText log={watch.reasoning} version={watch.version} live={live} label="Reasoning" />
        </details>
      )}
      {hasText && <LiveText log={watch.text} version={watch.version} live={live} label="Answer" />}
      {live && (hasText || hasReasoning) && <span class="cursor" aria-hidden="true" />}
      {watch.toolCalls.map((call) => (
        <div key={call.index} class="toolcall">
          <p>
            <span class="tag">tool call</span> <code>{visible(call.name ?? '…')}</code> {call.id && <span class="muted mono">{visible(call.id)}</span>}
          </p>
          <pre tabIndex={0} aria-label={`Arguments of ${visible(call.name ?? 'the tool call')}`}>
            {visible(pretty(call.arguments))}
          </pre>
        </div>
      ))}
      {run.output.document && <MediaDocument run={run} type={run.output.document.contentType} size={run.output.document.bytes} />}
      {nothing && <Nothing run={run} />}
    </section>
  )
}

function Nothing({ run }: { run: Run }) {
  const last = run.attempts.at(-1)
  if (run.status === 'queued' || (run.status === 'running' && last?.endedAt)) return <Turn id={run.id} />
  if (run.status === 'running') return <Missing title="Waiting for the first event" />
  return <Missing title={run.status === 'completed' ? 'The answer is empty' : 'It ended before anything was written'} />
}

/** Arguments come in pieces: until they are whole they are shown as they are. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
