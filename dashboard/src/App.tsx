import { useEffect, useRef, useState } from 'preact/hooks'
import { signedOut } from './api/http'
import { Help } from './parts/Help'
import { Missing } from './parts/Missing'
import { Shell } from './parts/Shell'
import { Overview } from './pages/Overview'
import { RunPage } from './pages/RunPage'
import { RunsPage } from './pages/RunsPage'
import { SignIn } from './pages/SignIn'
import { System } from './pages/System'
import { Link } from './parts/Link'
import { go, path } from './state/route'
import { findSession, session, sessionProblem } from './state/session'

export function App() {
  const [help, setHelp] = useState(false)
  const wasIn = useRef(false)
  useEffect(() => void findSession(), [])
  useShortcuts(() => setHelp(true))
  if (session.value !== null) wasIn.current = true
  if (signedOut.value) return <SignIn expired={wasIn.current} />
  if (session.value === null) return <Starting />
  return (
    <>
      <Shell onHelp={() => setHelp(true)}>
        <Page />
      </Shell>
      {help && <Help onClose={() => setHelp(false)} />}
    </>
  )
}

function Page() {
  const here = path.value
  const run = /^\/runs\/([^/]+)$/.exec(here)
  useEffect(() => {
    const name = run ? run[1] : here === '/' ? 'Overview' : here === '/runs' ? 'Runs' : here === '/system' ? 'System' : 'Not found'
    document.title = `${name} · Orchestrator`
  }, [here])
  if (here === '/') return <Overview />
  if (here === '/runs') return <RunsPage />
  if (run) return <RunPage key={run[1]} id={run[1]!} />
  if (here === '/system') return <System />
  return (
    <Missing title="There is no such page">
      <Link to="/runs">See all runs</Link>
    </Missing>
  )
}

function Starting() {
  if (sessionProblem.value === null) return null
  return (
    <main class="signin" id="main">
      <Missing title="The dashboard can not start" tone="bad">
        <p>{sessionProblem.value}</p>
        <button type="button" class="primary" onClick={() => void findSession()}>
          Try again
        </button>
      </Missing>
    </main>
  )
}

/** `g` and a letter goes to a page, `/` to the search, `?` shows them all. */
function useShortcuts(showHelp: () => void): void {
  useEffect(() => {
    let prefix = 0
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return
      if (event.key === '?') showHelp()
      else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-search]')
        if (!search) return
        search.focus()
        event.preventDefault()
      } else if (event.key === 'g') {
        prefix = event.timeStamp
        return
      } else if (event.timeStamp - prefix < 1500) {
        const to = { o: '/', r: '/runs', s: '/system' }[event.key]
        if (to) go(to)
      }
      prefix = 0
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
