import type { JournalEntry, Run } from '../api/types'
import { duration } from '../format/time'
import type { Mark } from './runWatch'

/** A point or a stretch of the timeline. */
export interface Happening {
  kind: 'submitted' | 'dispatched' | 'attached' | 'first-event' | 'detached' | 'reattached' | 'failed' | 'reset' | 'ended'
  attempt: number | null
  /** Null where nobody has told when. */
  at: number | null
  text: string
}

export interface Gap {
  attempt: number
  from: number
  to: number | null
}

/**
 * What happened to a run, in order: from its own times, what the journal tells where it could be read, and what was seen live. What was
 * seen live has the reader's clock, the rest the service's.
 */
export function happenings(run: Run, marks: Mark[], journal: JournalEntry[] | null): { list: Happening[]; gaps: Gap[] } {
  const list: Happening[] = [{ kind: 'submitted', attempt: null, at: Date.parse(run.createdAt), text: 'Submitted' }]
  run.attempts.forEach((attempt, index) => {
    const before = run.attempts[index - 1]
    const how = !before ? 'Dispatched to' : attempt.leg !== before.leg ? 'Fell back to' : attempt.continuation ? 'Continued with' : 'Tried again with'
    add(list, 'dispatched', attempt.attempt, attempt.startedAt, `${how} ${attempt.model}`)
    // What an abandoned attempt showed counts no longer once another one starts from the beginning.
    if (before?.firstEventAt && !attempt.continuation) add(list, 'reset', attempt.attempt, attempt.startedAt, 'Output reset: it starts from the beginning')
    add(list, 'first-event', attempt.attempt, attempt.firstEventAt, 'First event')
    if (attempt.error) add(list, 'failed', attempt.attempt, attempt.endedAt, `${attempt.error.code}: ${attempt.error.message ?? ''}`)
  })
  const breaks = journal === null ? fromMarks(run, marks) : fromJournal(journal)
  list.push(...breaks)
  if (run.endedAt) {
    const outcome = run.status === 'completed' && run.incomplete ? `Completed, incomplete: ${run.incompleteReason ?? 'unknown'}` : capital(run.status)
    list.push({ kind: 'ended', attempt: null, at: Date.parse(run.endedAt), text: run.finishReason ? `${outcome} (${run.finishReason})` : outcome })
  }
  const ordered = list.map((one, index) => ({ one, index, key: one.at ?? Infinity }))
  ordered.sort((a, b) => a.key - b.key || rank(a.one) - rank(b.one) || a.index - b.index)
  return { list: ordered.map(({ one }) => one), gaps: gaps(breaks, run) }
}

function fromMarks(run: Run, marks: Mark[]): Happening[] {
  const list: Happening[] = []
  for (const mark of marks) {
    if (mark.kind !== 'detached' && mark.kind !== 'reattached') continue
    list.push({ kind: mark.kind, attempt: mark.attempt, at: mark.at === null ? null : Date.parse(mark.at), text: words(mark.kind, mark.reason, mark.gapMs) })
  }
  for (const attempt of run.attempts) {
    const missed = attempt.reattaches - marks.filter((mark) => mark.kind === 'reattached' && mark.attempt === attempt.attempt).length
    if (missed > 0) {
      list.push({ kind: 'reattached', attempt: attempt.attempt, at: null, text: `${missed} re-attaches before this page was opened` })
    }
  }
  return list
}

function fromJournal(entries: JournalEntry[]): Happening[] {
  const list: Happening[] = []
  for (const entry of entries) {
    const data = (entry.data ?? {}) as Record<string, unknown>
    const kind = kindOf(entry.kind)
    if (kind === null) continue
    const reason = typeof data['reason'] === 'string' ? data['reason'] : null
    const gap = typeof data['gapMs'] === 'number' ? data['gapMs'] : null
    list.push({ kind, attempt: entry.attempt ?? (data['attempt'] as number | undefined) ?? null, at: Date.parse(entry.at), text: words(kind, reason, gap) })
  }
  return list
}

/** Entry kinds as the journal names them, however they are written. */
export function kindOf(kind: string): 'detached' | 'reattached' | null {
  const name = kind.replace(/[^a-z]/gi, '').toLowerCase()
  return name === 'attemptdetached' ? 'detached' : name === 'attemptreattached' ? 'reattached' : null
}

function gaps(breaks: Happening[], run: Run): Gap[] {
  const result: Gap[] = []
  for (const one of breaks) {
    if (one.at === null || one.attempt === null) continue
    if (one.kind === 'detached') result.push({ attempt: one.attempt, from: one.at, to: null })
    const open = result.findLast((gap) => gap.attempt === one.attempt && gap.to === null)
    if (one.kind === 'reattached' && open) open.to = one.at
  }
  for (const gap of result) {
    if (gap.to !== null) continue
    const attempt = run.attempts.find((one) => one.attempt === gap.attempt)
    if (attempt?.endedAt) gap.to = Date.parse(attempt.endedAt)
  }
  return result
}

function words(kind: 'detached' | 'reattached', reason: string | null, gapMs: number | null): string {
  if (kind === 'detached') return `Connection lost${reason ? ` (${reason})` : ''}`
  return `Re-attached${gapMs === null ? '' : ` after ${duration(gapMs)}`}`
}

function rank(one: Happening): number {
  return one.kind === 'submitted' ? 0 : one.kind === 'ended' ? 9 : one.kind === 'reset' ? 3 : 2
}

function add(list: Happening[], kind: Happening['kind'], attempt: number, at: string | null, text: string): void {
  if (at) list.push({ kind, attempt, at: Date.parse(at), text })
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1)
}
