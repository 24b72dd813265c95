import { signal } from '@preact/signals'

/** What the user is told of the connection to the service. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')

/** When it is tried again, by the clock of `Date.now()`; null while that is under way. */
export const retryAt = signal<number | null>(null)

let wake: (() => void) | null = null

export function connectionMade(): void {
  connection.value = 'live'
  retryAt.value = null
}

export function connectionLost(): void {
  connection.value = 'lost'
}

export function retryNow(): void {
  wake?.()
}

/** Half a second, doubling to eight, with some jitter; less where the network comes back or the user asks for it. */
export async function untilRetry(failures: number, signal: AbortSignal): Promise<void> {
  const delay = Math.min(8000, 500 * 2 ** Math.min(failures, 6)) * (0.75 + Math.random() / 2)
  retryAt.value = Date.now() + delay
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, delay)
    function done(): void {
      clearTimeout(timer)
      removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      wake = null
      resolve()
    }
    wake = done
    addEventListener('online', done)
    signal.addEventListener('abort', done)
  })
  retryAt.value = null
}
