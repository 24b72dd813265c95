import type { ComponentChildren } from 'preact'
import { go, href } from '../state/route'

interface Rest {
  class?: string
  title?: string | undefined
  tabIndex?: number
  'aria-label'?: string
  'aria-current'?: 'page' | undefined
}

/** A link within the dashboard: a click changes the page in place, anything else the browser does as ever. */
export function Link({ to, children, ...rest }: Rest & { to: string; children: ComponentChildren }) {
  return (
    <a
      {...rest}
      href={href(to)}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(to)
      }}
    >
      {children}
    </a>
  )
}
