import { none } from './number'

const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** 14:03:09 today, 21 Nov 14:03:09 otherwise, by the reader's own clock. */
export function moment(at: string | null | undefined, now = Date.now()): string {
  if (!at) return none
  const time = new Date(at)
  const today = new Date(now).toDateString() === time.toDateString()
  return today ? clock.format(time) : `${day.format(time)} ${clock.format(time)}`
}

/** 14:03:09.070, by the reader's own clock, as the other times are. */
export function precise(at: string): string {
  const time = new Date(at)
  return `${clock.format(time)}.${String(time.getMilliseconds()).padStart(3, '0')}`
}

/** The instant in full, for the title of a short one. */
export function instant(at: string | null | undefined): string {
  return at ? at : ''
}

/** 412 ms, 3.2 s, 4 m 09 s, 2 h 05 m. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || Number.isNaN(ms)) return none
  if (ms < 0) return '0 ms'
  if (ms < 1000) return `${ms > 0 && ms < 10 && !Number.isInteger(ms) ? ms.toFixed(1) : Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
  const seconds = Math.floor(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} m`
  return `${Math.floor(seconds / 86_400)} d ${two(Math.floor((seconds % 86_400) / 3600))} h`
}

/** 2.00 s → 2 s, 5 m 00 s → 5 m, where the rest says nothing. */
export function round(text: string): string {
  return text.replace(/ 00 [smh]$/, '').replace(/\.0+(?= |$)/, '').replace(/(\.\d*?)0+(?= |$)/, '$1')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** How long it took, or takes so far. Whole seconds while it goes on, so that it does not jitter. */
export function between(from: string | null | undefined, to: string | null | undefined, now: number): string {
  if (!from) return none
  const start = Date.parse(from)
  return to ? duration(Date.parse(to) - start) : round(duration(Math.max(0, Math.floor((now - start) / 1000) * 1000))).replace(/^0 ms$/, '0 s')
}
