import type { ComponentChildren } from 'preact'

/** Why a part of a page has nothing to show, and what can be done about it. */
export function Missing({ title, children, tone = 'plain' }: { title: string; children?: ComponentChildren; tone?: 'plain' | 'bad' }) {
  return (
    <div class={`missing missing-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <p class="missing-title">{title}</p>
      {children && <div class="missing-text">{children}</div>}
    </div>
  )
}

/** A call that a server of this version does not have. */
export function NoSuchCall({ call }: { call: string }) {
  return (
    <Missing title={`This server has no ${call}`}>
      It runs a version from before that call. The other pages work; this one fills itself once the server is newer.
    </Missing>
  )
}
