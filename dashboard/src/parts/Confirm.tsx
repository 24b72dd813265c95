import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ApiError } from '../api/http'
import { count } from '../format/number'
import { Dialog } from './Dialog'

interface Props {
  title: string
  /** What the button says: the deed and its number. */
  deed: string
  danger: boolean
  total: number
  children: ComponentChildren
  onConfirm(progress: (done: number) => void): Promise<void>
  onClose(): void
}

/** Asks before many runs are acted on, and shows how far it is. */
export function Confirm({ title, deed, danger, total, children, onConfirm, onClose }: Props) {
  const [done, setDone] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const confirm = async () => {
    setProblem(null)
    setDone(0)
    try {
      await onConfirm(setDone)
      onClose()
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      setProblem(failure.message)
      setDone(null)
    }
  }
  return (
    <Dialog title={title} onClose={() => done === null && onClose()}>
      <div class="dialog-text">{children}</div>
      {problem !== null && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      {done !== null && (
        <p class="progress" role="status">
          <progress value={done} max={total} aria-label="Progress" /> {count(done)} of {count(total)}
        </p>
      )}
      <div class="dialog-end">
        <button type="button" class="quiet" disabled={done !== null} onClick={onClose}>
          Keep as it is
        </button>
        <button type="button" class={danger ? 'danger' : 'primary'} disabled={done !== null || total === 0} onClick={() => void confirm()}>
          {deed}
        </button>
      </div>
    </Dialog>
  )
}
