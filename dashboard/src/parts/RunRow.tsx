import { Component } from 'preact'
import type { RunSummary } from '../api/types'
import { compact, cost, count, none } from '../format/number'
import { line, pairs, shortId } from '../format/text'
import { between, instant, moment } from '../format/time'
import { now } from '../state/clock'
import { Link } from './Link'
import { Status } from './Status'

export interface RowProps {
  run: RunSummary
  index: number
  height: number
  selected: boolean
  current: boolean
}

/** The columns, in their order. */
export const columns = ['Status', 'Run', 'Model', 'Metadata', 'Created', 'Took', 'Tries', 'Tokens', 'Cost', 'Result'] as const

/** A run in the list. What is done with it is the list's affair; drawn anew only where something of it has changed. */
export class RunRow extends Component<RowProps> {
  override shouldComponentUpdate(next: Readonly<RowProps>): boolean {
    const now = this.props
    return (
      next.run !== now.run || next.index !== now.index || next.height !== now.height || next.selected !== now.selected || next.current !== now.current
    )
  }

  override render({ run, index, height, selected, current }: RowProps) {
    const error = run.error
    return (
      <div
        role="row"
        class={`row${selected ? ' row-selected' : ''}`}
        style={{ transform: `translateY(${index * height}px)` }}
        aria-rowindex={index + 2}
        aria-selected={selected}
        tabIndex={current ? 0 : -1}
        data-run={run.id}
      >
        <span role="gridcell" class="cell-select">
          <input type="checkbox" tabIndex={-1} checked={selected} aria-label={`Select ${run.id}`} />
        </span>
        <span role="gridcell" class="cell-status">
          <Status status={run.status} phase={run.phase} incomplete={run.incomplete} />
        </span>
        <span role="gridcell" class="cell-id">
          <Link to={`/runs/${run.id}`} tabIndex={-1} title={run.id}>
            {shortId(run.id)}
          </Link>
        </span>
        <span role="gridcell" class="cell-model" title={line(run.model)}>
          {line(run.model)}
        </span>
        <span role="gridcell" class="cell-metadata" title={line(pairs(run.metadata), 400)}>
          {line(pairs(run.metadata))}
        </span>
        <span role="gridcell" class="cell-created" title={instant(run.createdAt)}>
          {moment(run.createdAt)}
        </span>
        <span role="gridcell" class="cell-took number">
          {run.endedAt ? between(run.createdAt, run.endedAt, 0) : <Ticking since={run.createdAt} />}
        </span>
        <span role="gridcell" class="cell-tries number" title={triesTitle(run)}>
          {tries(run)}
        </span>
        <span role="gridcell" class={`cell-tokens number${run.usage ? '' : ' unknown'}`} title="Tokens in / out">
          {run.usage ? `${compact(run.usage.inputTokens)} / ${compact(run.usage.outputTokens)}` : none}
        </span>
        <span role="gridcell" class="cell-cost number">
          {run.cost ? cost(run.cost) : none}
        </span>
        <span role="gridcell" class={`cell-result${error ? ' bad' : ''}`} title={error ? line(`${error.code}: ${error.message ?? ''}`, 600) : undefined}>
          {error ? line(`${error.code}${error.message ? `: ${error.message}` : ''}`, 120) : outcome(run)}
        </span>
      </div>
    )
  }
}

/** Alone, so that a second that passes draws this and not its row. */
function Ticking({ since }: { since: string }) {
  return <>{between(since, null, now.value)}</>
}

/** How a run ended without an error, or how far it has come. */
function outcome(run: RunSummary): string {
  if (run.endedAt) return line(run.incompleteReason ?? run.finishReason ?? '')
  return run.startedAt && run.seq ? `${count(run.seq)} events so far` : ''
}

function tries(run: RunSummary): string {
  if (run.attempts === undefined) return none
  const marks = [run.reattaches ? `↻${run.reattaches}` : '', run.fallbacks ? `↘${run.fallbacks}` : ''].filter(Boolean)
  return [run.attempts, ...marks].join(' ')
}

function triesTitle(run: RunSummary): string | undefined {
  return run.attempts === undefined ? undefined : `${run.attempts} attempts, ${run.reattaches ?? 0} re-attaches, ${run.fallbacks ?? 0} fall-backs`
}
