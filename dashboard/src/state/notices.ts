import { signal } from '@preact/signals'

export interface Notice {
  id: number
  kind: 'good' | 'bad'
  text: string
}

export const notices = signal<Notice[]>([])

let last = 0

/** Says it for a while at the foot of the page; what went wrong stays until it is put away. */
export function say(text: string, kind: Notice['kind'] = 'good'): void {
  const id = ++last
  notices.value = [...notices.value, { id, kind, text }].slice(-4)
  if (kind === 'good') setTimeout(() => dismiss(id), 6000)
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}
