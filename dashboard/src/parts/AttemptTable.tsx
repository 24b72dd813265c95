import type { Attempt } from '../api/types'
import { cost, count, none } from '../format/number'
import { line } from '../format/text'
import { between } from '../format/time'
import { Copy } from './Copy'

export function AttemptTable({ attempts }: { attempts: Attempt[] }) {
  if (attempts.length === 0) return <p class="muted">Not dispatched yet.</p>
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Attempts">
      <table class="plain">
        <thead>
          <tr>
            <th class="number">#</th>
            <th class="number">Leg</th>
            <th>Model</th>
            <th>Transport</th>
            <th class="number">First event</th>
            <th class="number">Took</th>
            <th class="number">Events</th>
            <th class="number">Re-attaches</th>
            <th class="number">Tokens in / out</th>
            <th class="number">Cost</th>
            <th>Gateway run</th>
            <th>Gateway log</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => [
            <tr key={attempt.attempt}>
              <td class="number">{attempt.attempt}</td>
              <td class="number">{attempt.leg}</td>
              <td>
                {line(attempt.model)}
                {attempt.continuation && <span class="tag">continued</span>}
              </td>
              <td>
                {line(attempt.transport)} {attempt.resumable === false && <span class="tag">not resumable</span>}
              </td>
              <td class="number">{attempt.firstEventAt ? between(attempt.startedAt, attempt.firstEventAt, 0) : none}</td>
              <td class="number">{attempt.endedAt ? between(attempt.startedAt, attempt.endedAt, 0) : none}</td>
              <td class="number">{count(attempt.events)}</td>
              <td class="number">{count(attempt.reattaches)}</td>
              <td class="number">{attempt.usage ? `${count(attempt.usage.inputTokens)} / ${count(attempt.usage.outputTokens)}` : none}</td>
              <td class="number">{cost(attempt.cost)}</td>
              <td>{attempt.gatewayRunId ? <Id text={attempt.gatewayRunId} what="gateway run id" /> : none}</td>
              <td>{attempt.gatewayLogId ? <Id text={attempt.gatewayLogId} what="gateway log id" /> : none}</td>
            </tr>,
            attempt.error && (
              <tr key={`${attempt.attempt}-error`} class="attempt-error">
                <td />
                <td colSpan={11} class="bad">
                  <span>{line(`${attempt.error.code}: ${attempt.error.message ?? ''}`, 400)}</span>
                </td>
              </tr>
            ),
          ])}
        </tbody>
      </table>
    </div>
  )
}

function Id({ text, what }: { text: string; what: string }) {
  return (
    <span class="mono id" title={line(text)}>
      {line(text, 14)}
      <Copy text={text} label={`Copy the ${what}`} />
    </span>
  )
}
