/**
 * Characters that act on the text around them instead of being seen: controls (ANSI sequences begin with one), directional overrides and
 * isolates, line separators, and a byte order mark. Letters of scripts that run from right to left are none of these.
 */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** The same text with nothing in it that acts unseen: each such character is shown as a sign. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.charCodeAt(0)
    if (character === '\r') return ''
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`
  })
}

/** For one line of a table. */
export function line(text: string, length = 200): string {
  const cut = text.length > length ? `${text.slice(0, length)}…` : text
  return visible(cut).replace(/\s+/g, ' ')
}

/** A run's id is told from others by its end. */
export function shortId(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id
}

/** Fields of metadata as they are shown: `key=value`. */
export function pairs(metadata: Record<string, unknown>): string {
  return Object.entries(metadata)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('  ')
}
