import { computed, signal } from '@preact/signals'
import { root } from '../api/http'

const base = `${root}/dashboard`

function read(): { path: string; query: URLSearchParams } {
  const path = location.pathname.slice(base.length)
  return { path: path === '' ? '/' : path, query: new URLSearchParams(location.search) }
}

const place = signal(read())

/** Below `/dashboard`, `/` at least. */
export const path = computed(() => place.value.path)

export const query = computed(() => place.value.query)

/** @param to A path below `/dashboard`, with its query. */
export function href(to: string): string {
  return base + to
}

export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', href(to))
  place.value = read()
  if (how === 'push') scrollTo(0, 0)
}

addEventListener('popstate', () => {
  place.value = read()
})
