import { signal } from '@preact/signals'
import { follow } from '../api/follow'
import { ApiError, getJson } from '../api/http'
import type { ServerEvent } from '../api/sse'
import type { RunFilter, RunPage, RunSummary } from '../api/types'
import { connectionLost, connectionMade, untilRetry } from './connection'
import { matches, writeFilter } from './filter'

const pageSize = 200

/** How often the list shows what the feed brought. Many changes a second cost no more than this many renderings. */
const showEveryMs = 250

/** How often the first page is read on a server without a feed. */
const pollEveryMs = 2500

/**
 * The runs that match a filter, newest first: the pages that were read so far, and what the feed changes in them. Changes are gathered
 * and taken into the list together.
 */
export class RunList {
  readonly version = signal(0)
  /** Newest first. Its ids are in the order of their making, so that they sort as they are. */
  runs: RunSummary[] = []
  next: string | null = null
  isLoading = false
  /** Whether anything was read yet. */
  isRead = false
  readonly problem = signal<ApiError | null>(null)
  /** On a server without a feed: the list is read again and again. */
  readonly isPolled = signal(false)
  /** Runs that came on top since the list was opened or looked at from its top. */
  inserted = 0

  private readonly places = new Map<string, number>()
  private readonly pending = new Map<string, RunSummary>()
  private readonly stop = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly filter: RunFilter) {
    void this.open()
    void this.listen()
  }

  close(): void {
    this.stop.abort()
    clearTimeout(this.timer)
  }

  find(id: string): RunSummary | undefined {
    const place = this.places.get(id)
    return place === undefined ? undefined : this.runs[place]
  }

  async more(): Promise<void> {
    if (this.isLoading || this.next === null || this.stop.signal.aborted) return
    this.isLoading = true
    this.version.value++
    try {
      const page = await this.page(this.next)
      this.append(page)
    } catch (failure) {
      this.failed(failure)
    } finally {
      this.isLoading = false
      this.version.value++
    }
  }

  /** Takes runs out that are there no longer. */
  remove(ids: ReadonlySet<string>): void {
    this.runs = this.runs.filter((run) => !ids.has(run.id))
    this.number()
    this.version.value++
  }

  /** Reads it from the start, after much of it has changed. */
  async reload(): Promise<void> {
    try {
      await this.readFirst()
    } catch (failure) {
      this.failed(failure)
    }
    this.version.value++
  }

  private async open(): Promise<void> {
    for (let failures = 0; !this.stop.signal.aborted; failures++) {
      try {
        this.isLoading = true
        await this.readFirst()
        break
      } catch (failure) {
        if (!this.failed(failure)) return
        await untilRetry(failures, this.stop.signal)
      } finally {
        this.isLoading = false
        this.version.value++
      }
    }
  }

  private async readFirst(): Promise<void> {
    const page = await this.page(null)
    this.runs = []
    this.places.clear()
    this.isRead = true
    this.append(page)
  }

  private page(cursor: string | null): Promise<RunPage> {
    const query = writeFilter(this.filter)
    query.set('limit', String(pageSize))
    if (cursor !== null) query.set('cursor', cursor)
    return getJson<RunPage>(`/v1/runs?${query}`, this.stop.signal)
  }

  private async listen(): Promise<void> {
    try {
      await follow({
        path: () => '/v1/runs/feed',
        cursor: null,
        signal: this.stop.signal,
        // What changed between the page and the feed is on neither.
        onOpen: (cursor) => {
          if (cursor === null && this.isRead) void this.refresh().catch((failure: unknown) => this.failed(failure))
        },
        onEvents: (events) => this.take(events),
        onEnd: () => true,
      })
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      if (!failure.isMissing) {
        this.failed(failure)
        return
      }
      this.isPolled.value = true
      await this.poll()
    }
  }

  private async poll(): Promise<void> {
    for (let failures = 0; !this.stop.signal.aborted; ) {
      await new Promise((resolve) => setTimeout(resolve, pollEveryMs))
      if (document.hidden) continue
      try {
        await this.refresh()
        failures = 0
      } catch (failure) {
        if (!this.failed(failure)) return
        await untilRetry(failures++, this.stop.signal)
      }
    }
  }

  private async refresh(): Promise<void> {
    const page = await this.page(null)
    connectionMade()
    for (const run of page.runs) this.pending.set(run.id, run)
    this.drop(page)
    this.show()
  }

  /** Runs within the page's range that the page has not: they match no longer, or are gone. */
  private drop(page: RunPage): void {
    const last = page.next === null ? '' : (page.runs.at(-1)?.id ?? '')
    const known = new Set(page.runs.map((run) => run.id))
    const gone = new Set<string>()
    for (const run of this.runs) {
      if (run.id < last) break
      if (!known.has(run.id)) gone.add(run.id)
    }
    if (gone.size > 0) this.remove(gone)
  }

  private take(events: ServerEvent[]): void {
    for (const event of events) {
      if (event.type === 'reset') {
        this.pending.clear()
        void this.reload()
      } else if (event.type === 'run') {
        const run = JSON.parse(event.data) as RunSummary
        this.pending.set(run.id, run)
      }
    }
    this.timer ??= setTimeout(() => this.show(), showEveryMs)
  }

  private show(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.pending.size === 0 || !this.isRead) return
    const fresh: RunSummary[] = []
    let left = false
    for (const run of this.pending.values()) {
      const place = this.places.get(run.id)
      const fits = matches(this.filter, run)
      if (place !== undefined) {
        if ((this.runs[place]!.seq ?? 0) > (run.seq ?? Infinity)) continue
        if (fits) this.runs[place] = run
        else left = true
      } else if (fits && this.isWithin(run)) {
        fresh.push(run)
      }
    }

    if (left) this.runs = this.runs.filter((run) => !this.pending.has(run.id) || matches(this.filter, this.pending.get(run.id)!))
    this.pending.clear()
    if (fresh.length > 0) this.insert(fresh)
    if (left || fresh.length > 0) this.number()
    this.version.value++
  }

  /** Older runs than those that were read come with their page. */
  private isWithin(run: RunSummary): boolean {
    return this.next === null || this.runs.length === 0 || run.id > this.runs.at(-1)!.id
  }

  private insert(fresh: RunSummary[]): void {
    fresh.sort(newestFirst)
    const first = this.runs[0]
    if (first === undefined || fresh.at(-1)!.id > first.id) this.runs = [...fresh, ...this.runs]
    else this.runs = [...this.runs, ...fresh].sort(newestFirst)
    this.inserted += fresh.length
  }

  private append(page: RunPage): void {
    this.problem.value = null
    connectionMade()
    for (const run of page.runs) {
      if (this.places.has(run.id)) continue
      this.places.set(run.id, this.runs.length)
      this.runs.push(run)
    }
    this.next = page.next
  }

  private number(): void {
    this.places.clear()
    this.runs.forEach((run, place) => this.places.set(run.id, place))
  }

  /** True: it is worth another try. */
  private failed(failure: unknown): boolean {
    if (this.stop.signal.aborted) return false
    if (!(failure instanceof ApiError)) throw failure
    if (failure.status === 0 || failure.status >= 500) {
      connectionLost()
      return true
    }
    this.problem.value = failure
    return false
  }
}

function newestFirst(a: RunSummary, b: RunSummary): number {
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}
