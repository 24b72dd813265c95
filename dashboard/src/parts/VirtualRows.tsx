import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Rows above and below what is in sight that are there as well. */
const spare = 8

interface Props {
  count: number
  height: number
  scroller: RefObject<HTMLElement | null>
  /** Rows that came on top: what is in sight stays where it is. */
  inserted: number
  /** A row that is there wherever one has scrolled to: the focus would be lost with it. -1: none. */
  kept: number
  render(index: number): ComponentChildren
  onNearEnd(): void
}

/** Rows of one height, each at its place, of which only those in sight are in the document, however many there are. */
export function VirtualRows({ count, height, scroller, inserted, kept, render, onNearEnd }: Props) {
  const [view, setView] = useState({ top: 0, size: 800 })
  const before = useRef(inserted)

  useEffect(() => {
    const element = scroller.current!
    const look = () =>
      setView((before) => {
        const [top, size] = [element.scrollTop, element.clientHeight]
        return before.top === top && before.size === size ? before : { top, size }
      })
    const resized = new ResizeObserver(look)
    resized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])

  useLayoutEffect(() => {
    const element = scroller.current!
    const moved = inserted - before.current
    before.current = inserted
    // At the top, new rows are what one wants to see.
    if (moved > 0 && element.scrollTop > height / 2) element.scrollTop += moved * height
  }, [inserted])

  const first = Math.max(0, Math.floor(view.top / height) - spare)
  const last = Math.min(count, Math.ceil((view.top + view.size) / height) + spare)
  useEffect(() => {
    if (last >= count - spare * 2) onNearEnd()
  }, [last, count])

  const rows: ComponentChildren[] = []
  if (kept >= 0 && kept < Math.min(first, count)) rows.push(render(kept))
  for (let index = first; index < last; index++) rows.push(render(index))
  if (kept >= last && kept < count) rows.push(render(kept))
  return (
    <div role="rowgroup" class="rows" style={{ height: `${count * height}px` }}>
      {rows}
    </div>
  )
}
