import { useMemo } from 'preact/hooks'
import { visible } from '../format/text'
import { Copy } from './Copy'

/** The most of a value that is laid out. */
const shown = 200_000

/** A JSON value as indented text. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const text = useMemo(() => JSON.stringify(value, null, 2) ?? 'null', [value])
  return (
    <div class="json">
      <Copy text={text} label={`Copy ${label.toLowerCase()}`} />
      <pre tabIndex={0} aria-label={label}>
        {visible(text.length > shown ? `${text.slice(0, shown)}\n… ${text.length - shown} characters more: copy it to see them` : text)}
      </pre>
    </div>
  )
}
