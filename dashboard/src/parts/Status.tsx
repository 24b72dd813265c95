import type { JSX } from 'preact'
import type { Phase, Status as RunStatus } from '../api/types'

const shapes: Record<string, JSX.Element> = {
  queued: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.2 2" />,
  running: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  completed: <path d="M2 6.4 4.8 9 10 3.2" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />,
  incomplete: <path d="M1.8 9.5h8.4M6 2v5" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />,
  failed: <path d="m3 3 6 6m0-6-6 6" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />,
  cancelled: <path d="M2.5 6h7" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />,
}

/** A status by shape, colour and word. */
export function Status({ status, phase, incomplete = false }: { status: RunStatus; phase?: Phase | undefined; incomplete?: boolean }) {
  const kind = status === 'completed' && incomplete ? 'incomplete' : status
  const troubled = status === 'running' && (phase === 'recovering' || phase === 'stalled')
  const word = kind === 'incomplete' ? 'incomplete' : status === 'running' && phase && phase !== 'ended' && phase !== 'queued' ? phase : status
  return (
    <span class={`status status-${troubled ? phase : kind}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {shapes[kind]}
      </svg>
      {word}
    </span>
  )
}
