import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'

export interface Tab {
  id: string
  name: string
  render(): ComponentChildren
}

/** Parts of a page of which one is there: arrow keys change it. */
export function Tabs({ tabs, label }: { tabs: Tab[]; label: string }) {
  const [current, setCurrent] = useState(tabs[0]!.id)
  const list = useRef<HTMLDivElement>(null)
  const here = tabs.find((tab) => tab.id === current) ?? tabs[0]!
  const move = (step: number) => {
    const next = tabs[(tabs.indexOf(here) + step + tabs.length) % tabs.length]!
    setCurrent(next.id)
    list.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus()
  }
  return (
    <section class="card tabs">
      <div
        role="tablist"
        aria-label={label}
        ref={list}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') move(1)
          else if (event.key === 'ArrowLeft') move(-1)
        }}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`tab-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab === here}
            aria-controls="tabpanel"
            tabIndex={tab === here ? 0 : -1}
            onClick={() => setCurrent(tab.id)}
          >
            {tab.name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tabpanel" aria-labelledby={`tab-${here.id}`} key={here.id}>
        {here.render()}
      </div>
    </section>
  )
}
