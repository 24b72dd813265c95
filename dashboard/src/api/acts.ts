import { ApiError, act } from './http'
import type { ActOutcome, Run, RunFilter, RunSummary } from './types'

export type Act = 'cancel' | 'delete' | 'rerun'

/** Some runs, or all that match. */
export type Target = { ids: string[] } | { filter: RunFilter }

export interface Outcome {
  done: number
  /** It was no longer, or not yet, so that it could be done. */
  left: number
  failed: { id: string; error: string }[]
  /** It was given up with runs left that match. */
  more: boolean
}

const atOnce = 4
const perCall = 1000

/** How many runs it would be, and whether there are more than the server counts; null where it can not say. */
export async function countOf(what: 'cancel' | 'delete', filter: RunFilter): Promise<{ matched: number; more: boolean } | null> {
  try {
    const response = await act('POST', `/v1/runs/${what}`, { filter: wire(filter), dryRun: true })
    return (await response.json()) as ActOutcome
  } catch (failure) {
    if (failure instanceof ApiError && failure.isMissing) return null
    throw failure
  }
}

/** @param progress Is told how many are done with. */
export async function perform(what: Act, target: Target, progress: (done: number) => void): Promise<Outcome> {
  if (what === 'rerun') return each((target as { ids: string[] }).ids, (id) => rerun(id).then(() => true), progress)
  const outcome: Outcome = { done: 0, left: 0, failed: [], more: false }
  try {
    if ('ids' in target) {
      for (let start = 0; start < target.ids.length; start += perCall) {
        take(outcome, await call(what, { ids: target.ids.slice(start, start + perCall) }))
        progress(outcome.done + outcome.left + outcome.failed.length)
      }
      return outcome
    }

    for (let cursor: string | null | undefined; cursor !== null; ) {
      const answer = await call(what, { filter: wire(target.filter), cursor })
      const before = outcome.failed.length
      take(outcome, answer)
      progress(outcome.done + outcome.left + outcome.failed.length)
      cursor = answer.next
      // The service can do nothing at present, or we are not let: the rest would fail as well.
      outcome.more = cursor !== null && answer.matched > 0 && outcome.failed.length - before === answer.matched
      if (outcome.more) break
    }
    return outcome
  } catch (failure) {
    if (!(failure instanceof ApiError) || !failure.isMissing || !('ids' in target)) throw failure
    return each(target.ids, (id) => one(what, id), progress)
  }
}

export async function cancel(id: string): Promise<Run> {
  return (await (await act('POST', `/v1/runs/${id}/cancel`)).json()) as Run
}

export async function rerun(id: string, model?: string): Promise<RunSummary> {
  const key = { 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(4)).join('-') }
  return (await (await act('POST', `/v1/runs/${id}/rerun`, model ? { model } : {}, key)).json()) as RunSummary
}

export async function remove(id: string): Promise<void> {
  await act('DELETE', `/v1/runs/${id}`)
}

async function call(what: 'cancel' | 'delete', body: unknown): Promise<ActOutcome> {
  return (await (await act('POST', `/v1/runs/${what}`, body)).json()) as ActOutcome
}

function take(outcome: Outcome, answer: ActOutcome): void {
  for (const result of answer.results) {
    if (result.outcome === 'cancelled' || result.outcome === 'deleted') outcome.done++
    else if (result.error) outcome.failed.push({ id: result.id, error: result.error })
    else outcome.left++
  }
}

/** For a server without the call for many. */
async function one(what: 'cancel' | 'delete', id: string): Promise<boolean> {
  if (what === 'cancel') return (await cancel(id)).status === 'cancelled'
  await remove(id)
  return true
}

async function each(ids: string[], doOne: (id: string) => Promise<boolean>, progress: (done: number) => void): Promise<Outcome> {
  const outcome: Outcome = { done: 0, left: 0, failed: [], more: false }
  const queue = [...ids]
  const work = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      try {
        if (await doOne(id)) outcome.done++
        else outcome.left++
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure
        if (failure.status === 409) outcome.left++
        else outcome.failed.push({ id, error: failure.message })
      }
      progress(outcome.done + outcome.left + outcome.failed.length)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return outcome
}

/** Without what is not filtered by. */
function wire(filter: RunFilter): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  if (filter.status.length > 0) body['status'] = filter.status
  for (const name of ['model', 'tenant', 'from', 'to', 'error'] as const) if (filter[name] !== '') body[name] = filter[name]
  if (Object.keys(filter.metadata).length > 0) body['metadata'] = filter.metadata
  return body
}
