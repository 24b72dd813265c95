import { Dialog } from './Dialog'

const keys: [string, string][] = [
  ['g o', 'Overview'],
  ['g r', 'Runs'],
  ['g s', 'System'],
  ['/', 'Search or filter'],
  ['↑ ↓ or j k', 'Another run of the list'],
  ['Home End', 'First, last run that was read'],
  ['Enter', 'Open the run'],
  ['Space or x', 'Select the run'],
  ['Shift ↑ ↓', 'Select on the way'],
  ['Esc', 'Clear the selection, close a dialog'],
  ['?', 'This list'],
]

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div class="dialog-end">
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  )
}
