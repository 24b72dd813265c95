import { useState } from 'preact/hooks'
import { say } from '../state/notices'

/** Copies a text as it is, not as it is shown. */
export function Copy({ text, label }: { text: string | (() => string); label: string }) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setDone(true)
      setTimeout(() => setDone(false), 1500)
    } catch {
      say('The browser did not let the page copy: select the text and copy it by hand.', 'bad')
    }
  }
  return (
    <button type="button" class="icon-button" aria-label={done ? 'Copied' : label} title={label} onClick={() => void copy()}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        {done ? (
          <path d="m3 8.5 3.2 3L13 4.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
        ) : (
          <path d="M5.5 5.5h7v8h-7zM3.5 10.5v-8h7" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round" />
        )}
      </svg>
    </button>
  )
}
