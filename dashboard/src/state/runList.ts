import { signal } from '@preact/signals'
import { follow } from '../api/follow'
import { ApiError, getJson } from '../api/http'
import type { ServerEvent } from '../api/sse'
import type { RunFilter, RunPage, RunSummary } from '../api/types'
import { connectionLost, connectionMade, untilRetry } from './connection'
import { matches, writeFilter } from './filter'
import { RunRows } from './runRows'

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
  readonly rows = new RunRows()
  next: string | null = null
  isLoading = false
  /** Whether anything was read yet. */
  isRead = false
  readonly problem = signal<ApiError | null>(null)
  /** On a server without a feed: the list is read again and again. */
  readonly isPolled = signal(false)
  /** Runs that came on top since the list was opened or looked at from its top. */
  inserted = 0

  private readonly pending = new Map<string, RunSummary>()
  private readonly deleted = new Set<string>()
  private readonly stop = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Pages that are on their way: what the feed brings meanwhile is newer than they are, and is taken in once more after them. */
  private reading = 0
  /** The feed was opened while the first page was on its way. */
  private isOpenedEarly = false

  constructor(private readonly filter: RunFilter) {
    void this.open()
    void this.listen()
  }

  close(): void {
    this.stop.abort()
    clearTimeout(this.timer)
  }

  async more(): Promise<void> {
    if (this.isLoading || this.next === null || this.stop.signal.aborted) return
    this.isLoading = true
    this.version.value++
    try {
      this.append(await this.page(this.next))
      this.show()
    } catch (failure) {
      this.failed(failure)
    } finally {
      this.isLoading = false
      this.version.value++
    }
  }

  /** Takes runs out that are there no longer. */
  remove(ids: ReadonlySet<string>): void {
    this.rows.remove(ids)
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
        this.version.value++
        if (this.isOpenedEarly) await this.refresh()
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
    this.rows.clear()
    this.isRead = true
    this.append(page)
    this.show()
  }

  private async page(cursor: string | null): Promise<RunPage> {
    const query = writeFilter(this.filter)
    query.set('limit', String(pageSize))
    if (cursor !== null) query.set('cursor', cursor)
    this.reading++
    try {
      return await getJson<RunPage>(`/v1/runs?${query}`, this.stop.signal)
    } finally {
      this.reading--
      this.showSoon()
    }
  }

  private async listen(): Promise<void> {
    try {
      await follow({
        path: () => '/v1/runs/feed',
        cursor: null,
        signal: this.stop.signal,
        // What changed between the page and the feed is on neither.
        onOpen: (cursor) => {
          if (cursor !== null) return
          if (this.isRead) void this.refresh().catch((failure: unknown) => this.failed(failure))
          else this.isOpenedEarly = true
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
    for (const run of page.runs) if (!this.pending.has(run.id) && !this.deleted.has(run.id)) this.pending.set(run.id, run)
    this.drop(page)
    this.show()
  }

  /** Runs within the page's range that the page has not: they match no longer, or are gone. */
  private drop(page: RunPage): void {
    const last = page.next === null ? '' : (page.runs.at(-1)?.id ?? '')
    const known = new Set(page.runs.map((run) => run.id))
    const gone = new Set<string>()
    for (const run of this.rows) {
      if (run.id < last) break
      if (!known.has(run.id) && !this.pending.has(run.id)) gone.add(run.id)
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
      } else if (event.type === 'deleted') {
        const { id } = JSON.parse(event.data) as { id: string }
        this.pending.delete(id)
        this.deleted.add(id)
      }
    }
    this.showSoon()
  }

  private showSoon(): void {
    if (!this.stop.signal.aborted) this.timer ??= setTimeout(() => this.show(), showEveryMs)
  }

  private show(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if ((this.pending.size === 0 && this.deleted.size === 0) || !this.isRead) return
    const fresh: RunSummary[] = []
    const left = new Set([...this.deleted].filter((id) => this.rows.placeOf(id) >= 0))
    for (const run of this.pending.values()) {
      const shown = this.rows.find(run.id)
      if (shown === undefined) {
        if (matches(this.filter, run) && this.isWithin(run)) fresh.push(run)
      } else if ((shown.seq ?? 0) <= (run.seq ?? Infinity)) {
        if (matches(this.filter, run)) this.rows.replace(run)
        else left.add(run.id)
      }
    }

    if (this.reading === 0) {
      this.pending.clear()
      this.deleted.clear()
    }
    this.rows.remove(left)
    this.rows.insert(fresh)
    this.inserted += fresh.length
    this.version.value++
  }

  /** Older runs than those that were read come with their page. */
  private isWithin(run: RunSummary): boolean {
    const last = this.rows.at(this.rows.count - 1)
    return this.next === null || last === undefined || run.id > last.id
  }

  private append(page: RunPage): void {
    this.problem.value = null
    connectionMade()
    this.rows.append(page.runs)
    this.next = page.next
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
