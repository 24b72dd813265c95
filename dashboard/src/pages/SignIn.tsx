import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError } from '../api/http'
import { left, signIn } from '../state/session'

export function SignIn({ expired }: { expired: boolean }) {
  const [key, setKey] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    document.title = 'Sign in · Orchestrator'
  }, [])
  const refuse = (why: string) => {
    setProblem(why)
    setBusy(false)
    field.current?.select()
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (key.trim() === '') {
      refuse('Enter a key.')
      return
    }
    setBusy(true)
    try {
      await signIn(key.trim())
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      refuse(failure.status === 401 ? 'The service does not know this key.' : failure.message)
    }
  }
  return (
    <main class="signin" id="main">
      <form class="card" onSubmit={(event) => void submit(event)} noValidate>
        <div class="signin-brand">
          <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
            <rect width="32" height="32" rx="7" class="brand-back" />
            <path d="M6 16h7M19 16h7" class="brand-line" />
            <circle cx="16" cy="16" r="4.5" class="brand-line" />
          </svg>
          <h1>Orchestrator</h1>
        </div>
        <p class="muted">{left.value ? 'You are signed out.' : expired ? 'Your session is over. Sign in again to go on where you were.' : 'Sign in with one of this service’s keys. You see the runs of its tenant.'}</p>
        <label for="key">Key</label>
        <input
          id="key"
          ref={field}
          type="password"
          autoComplete="current-password"
          autoFocus
          value={key}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : 'key-problem'}
          onInput={(event) => {
            setKey(event.currentTarget.value)
            setProblem(null)
          }}
        />
        {problem !== null && (
          <p class="field-problem" id="key-problem" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  )
}
