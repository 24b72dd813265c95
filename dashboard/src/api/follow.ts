import { connectionLost, connectionMade, untilRetry } from '../state/connection'
import { ApiError, headers, refusal, root } from './http'
import { EventSplitter, type ServerEvent } from './sse'

/** Comments come every 15 s: a connection that says nothing for so long is broken, even if nobody has told us. */
const silenceMs = 40_000

/** A page that nobody sees for so long lets go of its connection: a browser has six for a site, and hidden pages would hold them all. */
const hiddenMs = 60_000

export interface Following {
  /** What to ask for, with the cursor in it where it is not sent as `Last-Event-ID`. */
  path(cursor: string | null): string
  cursor: string | null
  /** The service has answered; `cursor` is what it was asked from. */
  onOpen?(cursor: string | null): void
  onEvents(events: ServerEvent[]): void
  /** The stream has ended in order. True: there is more to follow, connect again. */
  onEnd(): boolean
  signal: AbortSignal
}

/**
 * Follows a stream through any number of broken connections, from the cursor of the last event that was seen. Returns when it is over.
 * @throws ApiError The service refuses the stream; coming back would not help.
 */
export async function follow(stream: Following): Promise<void> {
  let cursor = stream.cursor
  let failures = 0
  while (!stream.signal.aborted) {
    const connection = new AbortController()
    const abort = () => connection.abort()
    stream.signal.addEventListener('abort', abort)
    let watchdog = setTimeout(abort, silenceMs)
    const forget = whenHidden(abort)
    try {
      const path = stream.path(cursor)
      const response = await fetch(root + path, {
        headers: headers({ Accept: 'text/event-stream', ...(cursor === null ? {} : { 'Last-Event-ID': cursor }) }),
        credentials: 'same-origin',
        cache: 'no-store',
        signal: connection.signal,
      })
      if (!response.ok && response.status < 500 && response.status !== 429) throw await refusal(response, path)
      if (response.ok) {
        connectionMade()
        stream.onOpen?.(cursor)
        const text = response.body?.pipeThrough(new TextDecoderStream()).getReader()
        const splitter = new EventSplitter()
        while (text) {
          const { done, value } = await text.read()
          if (done) break
          clearTimeout(watchdog)
          watchdog = setTimeout(abort, silenceMs)
          const events = splitter.take(value)
          if (events.length === 0) continue
          failures = 0
          cursor = events.findLast((event) => event.id !== null)?.id ?? cursor
          stream.onEvents(events)
        }

        if (!stream.onEnd()) return
      }
    } catch (failure) {
      if (failure instanceof ApiError) throw failure
    } finally {
      clearTimeout(watchdog)
      forget()
      stream.signal.removeEventListener('abort', abort)
    }

    if (stream.signal.aborted) return
    if (document.hidden) {
      await untilSeen(stream.signal)
      continue
    }
    connectionLost()
    await untilRetry(failures++, stream.signal)
  }
}

/** @returns What takes it back. */
function whenHidden(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const changed = () => {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(act, hiddenMs)
  }
  changed()
  document.addEventListener('visibilitychange', changed)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', changed)
  }
}

/** @returns Once the page is seen, or the signal has come. */
export function untilSeen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden && !signal.aborted) return
      document.removeEventListener('visibilitychange', look)
      signal.removeEventListener('abort', look)
      resolve()
    }
    document.addEventListener('visibilitychange', look)
    signal.addEventListener('abort', look)
    look()
  })
}
