import { useEffect, useState } from 'preact/hooks'
import { ApiError, getJson } from '../api/http'
import { Json } from './Json'
import { Missing } from './Missing'

export function GatewayLog({ id }: { id: string }) {
  const [log, setLog] = useState<unknown>(undefined)
  const [problem, setProblem] = useState<ApiError | null>(null)
  const read = () => {
    setProblem(null)
    getJson<unknown>(`/v1/runs/${id}/log`).then(setLog, (failure: unknown) => {
      if (failure instanceof ApiError) setProblem(failure)
    })
  }
  useEffect(read, [id])
  if (problem !== null) {
    return (
      <Missing title="There is no gateway log to show">
        <p>{problem.message}</p>
        <button type="button" onClick={read}>
          Read again
        </button>
      </Missing>
    )
  }
  return log === undefined ? <p class="muted">Reading…</p> : <Json value={log} label="Gateway log" />
}
