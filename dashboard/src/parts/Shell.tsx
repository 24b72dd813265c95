import type { ComponentChildren } from 'preact'
import { connection, retryAt, retryNow } from '../state/connection'
import { now } from '../state/clock'
import { path } from '../state/route'
import { session, signOut } from '../state/session'
import { theme, type Theme } from '../state/theme'
import { Link } from './Link'
import { Notices } from './Notices'
import { line } from '../format/text'

const pages = [
  { to: '/', name: 'Overview', key: 'o' },
  { to: '/runs', name: 'Runs', key: 'r' },
  { to: '/system', name: 'System', key: 's' },
]

export function Shell({ children, onHelp }: { children: ComponentChildren; onHelp: () => void }) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="top">
        <Link to="/" class="brand" aria-label="Orchestrator, overview">
          <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
            <rect width="32" height="32" rx="7" class="brand-back" />
            <path d="M6 16h7M19 16h7" class="brand-line" />
            <circle cx="16" cy="16" r="4.5" class="brand-line" />
          </svg>
          <span>Orchestrator</span>
        </Link>
        <nav aria-label="Pages">
          {pages.map(({ to, name }) => (
            <Link key={to} to={to} aria-current={isHere(to) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <div class="top-end">
          <Connection />
          {session.value?.tenant && !session.value.open && <span class="tenant" title="Tenant">{line(session.value.tenant, 24)}</span>}
          <ThemeButton />
          <button type="button" class="icon-button" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" onClick={onHelp}>
            ?
          </button>
          {session.value && !session.value.open && session.value.expiresAt && (
            <button type="button" class="quiet" onClick={() => void signOut()}>
              Sign out
            </button>
          )}
        </div>
      </header>
      <Disconnected />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Notices />
    </>
  )
}

function isHere(to: string): boolean {
  return to === '/' ? path.value === '/' : path.value.startsWith(to)
}

function Connection() {
  const state = connection.value
  const words = { connecting: 'connecting', live: 'live', lost: 'disconnected' }
  return (
    <span class={`connection connection-${state}`} role="status">
      <i aria-hidden="true" />
      <span>{words[state]}</span>
    </span>
  )
}

/** Says so where it can not be missed, since what the page shows may be old. */
function Disconnected() {
  if (connection.value !== 'lost') return null
  const wait = retryAt.value === null ? null : Math.max(1, Math.ceil((retryAt.value - now.value) / 1000))
  return (
    <div class="disconnected" role="alert">
      <span>
        <strong>Disconnected.</strong> What is shown may be old. It goes on by itself{wait === null ? ': trying now' : ''}.
      </span>
      <button type="button" class="quiet" onClick={retryNow}>
        Try now
      </button>
    </div>
  )
}

const themes: Record<Theme, { next: Theme; label: string; path: string }> = {
  system: { next: 'light', label: 'Colours: as the system', path: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5v11a5.5 5.5 0 0 0 0-11z' },
  light: { next: 'dark', label: 'Colours: light', path: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M3 13l1.4-1.4M11.6 4.4 13 3' },
  dark: { next: 'system', label: 'Colours: dark', path: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z' },
}

function ThemeButton() {
  const { next, label, path } = themes[theme.value]
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={() => (theme.value = next)}>
      <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
        <path d={path} fill={theme.value === 'system' ? 'none' : theme.value === 'dark' ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="1.3" stroke-linecap="round" />
        {theme.value === 'system' && <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor" />}
      </svg>
    </button>
  )
}
