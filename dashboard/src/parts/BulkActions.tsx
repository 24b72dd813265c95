import { useState } from 'preact/hooks'
import { countOf, perform, type Act, type Outcome } from '../api/acts'
import { ApiError } from '../api/http'
import type { RunFilter, RunSummary } from '../api/types'
import { plural } from '../format/number'
import { say } from '../state/notices'
import { may } from '../state/session'
import { Confirm } from './Confirm'

interface Props {
  selected: ReadonlyMap<string, RunSummary>
  filter: RunFilter
  /** All runs that were read are selected, and there are more that match. */
  offerAll: boolean
  onDone(act: Act, ids: string[] | null): void
  onClear(): void
}

interface Asked {
  act: Act
  all: boolean
  total: number
  /** There are more than were counted. */
  more: boolean
  ineffective: number
}

const verbs: Record<Act, { do: string; done: string; left: string }> = {
  cancel: { do: 'Cancel', done: 'cancelled', left: 'had ended already' },
  delete: { do: 'Delete', done: 'deleted', left: 'still active or gone, left alone' },
  rerun: { do: 'Run again', done: 'submitted again', left: 'left alone' },
}

export function BulkActions({ selected, filter, offerAll, onDone, onClear }: Props) {
  const [all, setAll] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const isAll = all && offerAll
  const ask = async (act: Act) => {
    if (!isAll) {
      const ended = [...selected.values()].filter((run) => run.endedAt !== null).length
      setAsked({ act, all: false, total: selected.size, more: false, ineffective: act === 'cancel' ? ended : act === 'delete' ? selected.size - ended : 0 })
      return
    }
    try {
      const total = await countOf(act as 'cancel' | 'delete', filter)
      if (total === null) say('This server can not act on all runs of a filter: select them.', 'bad')
      else setAsked({ act, all: true, total: total.matched, more: total.more, ineffective: 0 })
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure
      say(failure.message, 'bad')
    }
  }
  const confirm = async ({ act, all }: Asked, progress: (done: number) => void) => {
    const ids = [...selected.keys()]
    const outcome = await perform(act, all ? { filter } : { ids }, progress)
    say(told(act, outcome), outcome.failed.length > 0 ? 'bad' : 'good')
    onDone(act, all ? null : ids)
  }
  return (
    <div class="bulk" role="toolbar" aria-label="Selected runs">
      <strong>{isAll ? 'All that match' : `${plural(selected.size, 'run')} selected`}</strong>
      {offerAll && (
        <button type="button" class="link" onClick={() => setAll(!all)}>
          {isAll ? 'Only those selected' : 'Select all that match'}
        </button>
      )}
      <span class="bulk-acts">
        <button type="button" disabled={!may('operate')} onClick={() => void ask('cancel')}>
          Cancel…
        </button>
        <button type="button" disabled={isAll || !may('operate')} onClick={() => void ask('rerun')}>
          Run again…
        </button>
        <button type="button" disabled={!may('operate')} onClick={() => void ask('delete')}>
          Delete…
        </button>
      </span>
      <button type="button" class="quiet" onClick={onClear}>
        Clear
      </button>
      {asked && (
        <Confirm
          title={`${verbs[asked.act].do} ${howMany(asked)}?`}
          deed={`${verbs[asked.act].do} ${howMany(asked)}`}
          danger={asked.act !== 'rerun'}
          total={asked.total}
          onConfirm={(progress) => confirm(asked, progress)}
          onClose={() => setAsked(null)}
        >
          <Consequence {...asked} />
        </Confirm>
      )}
    </div>
  )
}

function Consequence({ act, all, total, ineffective }: Asked) {
  return (
    <>
      {all && <p>These are all runs that match the filter, also those that the list has not read.</p>}
      {act === 'cancel' && <p>Generations that are under way stop, upstream too. What was written so far is kept.</p>}
      {act === 'delete' && <p>Runs and their journals are removed. This can not be undone.</p>}
      {act === 'rerun' && <p>Each is submitted anew with the same spec and inputs, and is paid for anew.</p>}
      {ineffective > 0 && (
        <p>
          {ineffective === total ? 'All' : plural(ineffective, 'run')} of them {ineffective === 1 ? 'has' : 'have'}{' '}
          {act === 'cancel' ? 'ended already and stay as they are.' : 'not ended yet and stay: cancel them first.'}
        </p>
      )}
    </>
  )
}

function howMany({ total, more }: Asked): string {
  return `${more ? 'more than ' : ''}${plural(total, 'run')}`
}

function told(act: Act, { done, left, failed, more }: Outcome): string {
  const words = verbs[act]
  return [
    `${plural(done, 'run')} ${words.done}`,
    left > 0 ? `${left} ${words.left}` : '',
    failed.length > 0 ? `${failed.length} failed: ${failed[0]!.error}` : '',
    more ? 'the rest was not tried' : '',
  ]
    .filter(Boolean)
    .join('; ')
}
