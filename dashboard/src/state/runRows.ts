import type { RunSummary } from '../api/types'

/**
 * Runs in the list's order, newest first, and where each of them is. Ids are in the order of their making, so that they sort as they are. A
 * run that is newer than all, a change and a further page cost the same in a list of any length.
 */
export class RunRows {
  /** What came since the first page was read, oldest first: the next one goes to its end. */
  private readonly newer: RunSummary[] = []
  /** The pages, newest first. */
  private read: RunSummary[] = []
  /** Where a run is in `read`, or, as -1 and below, in `newer`. */
  private readonly places = new Map<string, number>()

  get count(): number {
    return this.newer.length + this.read.length
  }

  /** Past the last: undefined. */
  at(index: number): RunSummary | undefined {
    const top = this.newer.length
    return index < top ? this.newer[top - 1 - index] : this.read[index - top]
  }

  /** -1: it is not there. */
  placeOf(id: string | null): number {
    const place = id === null ? undefined : this.places.get(id)
    return place === undefined ? -1 : this.newer.length + place
  }

  find(id: string): RunSummary | undefined {
    return this.at(this.placeOf(id))
  }

  *[Symbol.iterator](): Iterator<RunSummary> {
    for (let index = 0; index < this.count; index++) yield this.at(index)!
  }

  clear(): void {
    this.newer.length = 0
    this.read = []
    this.places.clear()
  }

  /** A page below those that are there. Runs that are there already stay where they are. */
  append(runs: RunSummary[]): void {
    for (const run of runs) {
      if (this.places.has(run.id)) continue
      this.places.set(run.id, this.read.length)
      this.read.push(run)
    }
  }

  /** In place of what the run was before. */
  replace(run: RunSummary): void {
    const place = this.places.get(run.id)!
    if (place < 0) this.newer[-1 - place] = run
    else this.read[place] = run
  }

  /** Runs that are not there, in any order. */
  insert(runs: RunSummary[]): void {
    if (runs.length === 0) return
    runs.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    const first = this.at(0)
    if (first !== undefined && runs[0]!.id < first.id) {
      this.rebuild([...this, ...runs].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)))
      return
    }
    for (const run of runs) {
      this.newer.push(run)
      this.places.set(run.id, -this.newer.length)
    }
  }

  remove(ids: ReadonlySet<string>): void {
    if (ids.size > 0) this.rebuild([...this].filter((run) => !ids.has(run.id)))
  }

  private rebuild(runs: RunSummary[]): void {
    this.clear()
    this.append(runs)
  }
}
