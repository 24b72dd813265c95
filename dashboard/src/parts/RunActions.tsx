import { useState } from 'preact/hooks'
import { cancel, remove, rerun } from '../api/acts'
import { ApiError } from '../api/http'
import type { Run } from '../api/types'
import { say } from '../state/notices'
import { go } from '../state/route'
import { may } from '../state/session'
import { Confirm } from './Confirm'

export function RunActions({ run, live }: { run: Run; live: boolean }) {
  const [asked, setAsked] = useState<'cancel' | 'rerun' | 'delete' | null>(null)
  const close = () => setAsked(null)
  return (
    <div class="acts">
      {live && (
        <button type="button" disabled={!may('submit') && !may('operate')} onClick={() => setAsked('cancel')}>
          Cancel…
        </button>
      )}
      <button type="button" disabled={!may('operate')} onClick={() => setAsked('rerun')}>
        Run again…
      </button>
      {!live && (
        <button type="button" disabled={!may('operate')} onClick={() => setAsked('delete')}>
          Delete…
        </button>
      )}
      {asked === 'cancel' && (
        <Confirm title="Cancel this run?" deed="Cancel the run" danger total={1} onClose={close} onConfirm={async () => void (await cancel(run.id))}>
          <p>The generation stops, upstream too. What was written so far is kept.</p>
        </Confirm>
      )}
      {asked === 'rerun' && <Rerun run={run} onClose={close} />}
      {asked === 'delete' && (
        <Confirm
          title="Delete this run?"
          deed="Delete the run"
          danger
          total={1}
          onClose={close}
          onConfirm={async () => {
            await remove(run.id)
            say('1 run deleted')
            go('/runs')
          }}
        >
          <p>The run and its journal are removed. This can not be undone.</p>
        </Confirm>
      )}
    </div>
  )
}

function Rerun({ run, onClose }: { run: Run; onClose: () => void }) {
  const [model, setModel] = useState('')
  const confirm = async () => {
    try {
      const next = await rerun(run.id, model.trim() || undefined)
      go(`/runs/${next.id}`)
    } catch (failure) {
      if (failure instanceof ApiError && failure.isMissing) throw new ApiError(404, 'missing', 'This server has no /v1/runs/{id}/rerun.')
      throw failure
    }
  }
  return (
    <Confirm title="Run it again?" deed="Run again" danger={false} total={1} onClose={onClose} onConfirm={confirm}>
      <p>A new run with the same spec and inputs. It is paid for anew.</p>
      <label class="field field-wide">
        <span>Model</span>
        <input type="text" value={model} placeholder={run.model} spellcheck={false} onInput={(event) => setModel(event.currentTarget.value)} />
      </label>
    </Confirm>
  )
}
