import { useState } from 'preact/hooks'
import { ApiError, act } from '../api/http'
import { say } from '../state/notices'

/** A verdict on the answer, kept with the gateway's log of it. */
export function Feedback({ id }: { id: string }) {
  const [verdict, setVerdict] = useState<1 | -1 | null>(null)
  const [score, setScore] = useState('')
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    const body: Record<string, unknown> = {}
    if (verdict !== null) body['feedback'] = verdict
    if (score !== '') body['score'] = Number(score)
    if (note.trim() !== '') body['metadata'] = { note: note.trim() }
    if (Object.keys(body).length === 0) {
      setProblem('Choose good or bad, or give a score or a note.')
      return
    }
    try {
      await act('POST', `/v1/runs/${id}/feedback`, body)
      setProblem(null)
      say('The feedback is with the gateway’s log.')
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      setProblem(failure.message)
    }
  }
  return (
    <form class="feedback" onSubmit={(event) => void send(event)} noValidate>
      <div class="chips" role="group" aria-label="Verdict">
        <button type="button" class="chip" aria-pressed={verdict === 1} onClick={() => setVerdict(verdict === 1 ? null : 1)}>
          Good
        </button>
        <button type="button" class="chip" aria-pressed={verdict === -1} onClick={() => setVerdict(verdict === -1 ? null : -1)}>
          Bad
        </button>
      </div>
      <label class="field">
        <span>Score, 0 to 100</span>
        <input type="number" min="0" max="100" value={score} onInput={(event) => setScore(event.currentTarget.value)} />
      </label>
      <label class="field field-wide">
        <span>Note</span>
        <input type="text" value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <button type="submit">Send feedback</button>
      {problem !== null && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}
