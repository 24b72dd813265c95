import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ReadonlySignal } from '@preact/signals'
import { bytes } from '../format/number'
import { visible } from '../format/text'
import { blocks, type TextLog } from '../state/textLog'

/** What is laid out at once of a long text, in characters. */
const windowSize = 128 * 1024

const blockSize = 4096

/**
 * A text that grows, as text: it goes into text nodes and nowhere else. Of a long one only a window is laid out: its end while it
 * grows, its start once it is whole, and more on demand.
 */
export function LiveText({ log, version, live, label }: { log: TextLog; version: ReadonlySignal<number>; live: boolean; label: string }) {
  const pre = useRef<HTMLPreElement>(null)
  const [shown, setShown] = useState({ from: 0, to: 0 })
  const [more, setMore] = useState(1)
  const at = useRef({ epoch: -1, from: 0, to: 0, live, more })
  const length = (version.value, log.length)

  useLayoutEffect(() => {
    const target = pre.current
    if (target === null) return
    const state = at.current
    const wanted = range(log.length, live, more)
    if (state.epoch !== log.epoch || state.live !== live || state.more !== more || wanted.from < state.from || wanted.to < state.to) {
      target.textContent = ''
      for (const block of blocks(log.slice(wanted.from, wanted.to), blockSize)) target.append(node(block))
    } else if (wanted.to > state.to) {
      grow(target, log.slice(state.to, wanted.to))
      trim(target, wanted.to - wanted.from)
    } else {
      return
    }

    at.current = { epoch: log.epoch, ...wanted, live, more }
    if (shown.from !== wanted.from || shown.to !== wanted.to) setShown(wanted)
  }, [log, length, log.epoch, live, more])

  const hidden = live ? shown.from : length - shown.to
  return (
    <div class="livetext">
      {hidden > 0 && live && <p class="livetext-more">The last {bytes(shown.to - shown.from)} of {bytes(length)}: the rest can be shown when the run has ended.</p>}
      <pre ref={pre} class="output" aria-label={label} tabIndex={0} />
      {hidden > 0 && !live && (
        <p class="livetext-more">
          {bytes(shown.to)} of {bytes(length)} shown.{' '}
          <button type="button" class="link" onClick={() => setMore(more * 2)}>
            Show more
          </button>
        </p>
      )}
    </div>
  )
}

/** Moves the page along with a text that grows, while its end is in sight. */
export function useFollowEnd(version: ReadonlySignal<number>, live: boolean): void {
  const stuck = useRef(false)
  useEffect(() => {
    const look = () => {
      const page = document.documentElement
      stuck.current = page.scrollHeight - innerHeight - scrollY < 80 && scrollY > 0
    }
    addEventListener('scroll', look, { passive: true })
    return () => removeEventListener('scroll', look)
  }, [])
  useLayoutEffect(() => {
    if (live && stuck.current) scrollTo(0, document.documentElement.scrollHeight)
  }, [version.value, live])
}

function range(length: number, live: boolean, more: number): { from: number; to: number } {
  const size = windowSize * more
  if (length <= size) return { from: 0, to: length }
  return live ? { from: length - size, to: length } : { from: 0, to: size }
}

function node(text: string): HTMLDivElement {
  const block = document.createElement('div')
  block.append(text)
  return block
}

function grow(target: HTMLElement, text: string): void {
  const last = target.lastElementChild?.lastChild
  if (last instanceof Text && last.length < blockSize && text.length < blockSize) {
    // A line that begins in one block and ends in the next would be broken between them.
    last.appendData(visible(text))
    const end = last.data.lastIndexOf('\n')
    if (last.length >= blockSize && end >= 0 && end < last.length - 1) target.append(node(last.splitText(end + 1).data)), last.nextSibling?.remove()
    return
  }
  for (const block of blocks(text, blockSize)) target.append(node(block))
}

function trim(target: HTMLElement, size: number): void {
  let length = 0
  for (const child of target.children) length += child.textContent?.length ?? 0
  while (length > size + windowSize / 2 && target.firstElementChild) {
    length -= target.firstElementChild.textContent?.length ?? 0
    target.firstElementChild.remove()
  }
}
