import type { ComponentChildren } from 'preact'

/** Names and values, aligned. */
export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>
}

export function Fact({ name, title, children }: { name: string; title?: string | undefined; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={title}>{children}</dd>
    </div>
  )
}
