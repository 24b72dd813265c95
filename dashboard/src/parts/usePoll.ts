import { useEffect, useState } from 'preact/hooks'
import { untilSeen } from '../api/follow'
import { ApiError, getJson } from '../api/http'
import { connectionLost, untilRetry } from '../state/connection'

export interface Polled<T> {
  value: T | null
  problem: ApiError | null
}

/** Reads something again and again while the page is seen. What was read last stays while the service can not be reached. */
export function usePoll<T>(path: string, everyMs: number): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({ value: null, problem: null })
  useEffect(() => {
    const stop = new AbortController()
    setPolled(({ value }) => ({ value, problem: null }))
    void poll<T>(path, everyMs, stop.signal, setPolled)
    return () => stop.abort()
  }, [path, everyMs])
  return polled
}

async function poll<T>(path: string, everyMs: number, signal: AbortSignal, set: (polled: Polled<T>) => void): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      const value = await getJson<T>(path, signal)
      if (signal.aborted) return
      failures = 0
      set({ value, problem: null })
      await nextTurn(everyMs, signal)
    } catch (failure) {
      if (signal.aborted) return
      if (!(failure instanceof ApiError)) throw failure
      if (failure.status !== 0 && failure.status < 500) {
        set({ value: null, problem: failure })
        return
      }
      connectionLost()
      await untilRetry(failures++, signal)
    }
  }
}

/** After a while, and not before the page is seen. */
async function nextTurn(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
  await untilSeen(signal)
}
