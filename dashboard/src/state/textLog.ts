import { visible } from '../format/text'

/** A text that grows at its end, as it came. What shows it reads on from where it was. */
export class TextLog {
  private readonly parts: string[] = []
  private size = 0
  private generation = 0

  /** In UTF-16 units. */
  get length(): number {
    return this.size
  }

  /** Another number after the text was thrown away: what was read of it counts no longer. */
  get epoch(): number {
    return this.generation
  }

  append(text: string): void {
    if (text === '') return
    const last = this.parts.length - 1
    // Tokens are few characters each: pieces of some size keep the list short.
    if (last >= 0 && this.parts[last]!.length + text.length <= 8192) this.parts[last] += text
    else this.parts.push(text)
    this.size += text.length
  }

  replace(text: string): void {
    this.parts.length = 0
    this.size = 0
    this.generation++
    this.append(text)
  }

  slice(from: number, to = this.size): string {
    let start = 0
    let result = ''
    for (const part of this.parts) {
      const end = start + part.length
      if (end > from && start < to) result += part.slice(Math.max(0, from - start), Math.min(part.length, to - start))
      start = end
      if (start >= to) break
    }
    return result
  }

  toString(): string {
    return this.parts.join('')
  }
}

/** Cuts a text where a line ends, or after so many characters where none does: what is laid out at once stays small. */
export function blocks(text: string, size = 4096): string[] {
  const result: string[] = []
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + size)
    if (end < text.length) {
      const newline = text.lastIndexOf('\n', end)
      if (newline > start) end = newline + 1
      else if (isLowSurrogate(text, end)) end++
    }
    result.push(visible(text.slice(start, end)))
    start = end
  }
  return result
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff
}
