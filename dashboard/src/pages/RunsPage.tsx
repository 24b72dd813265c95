import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Act } from '../api/acts'
import type { RunSummary } from '../api/types'
import { BulkActions } from '../parts/BulkActions'
import { FilterBar } from '../parts/FilterBar'
import { Missing } from '../parts/Missing'
import { RunRow, columns } from '../parts/RunRow'
import { useMedia } from '../parts/useMedia'
import { VirtualRows } from '../parts/VirtualRows'
import { count, plural } from '../format/number'
import { isEmpty, readFilter, settled, writeFilter } from '../state/filter'
import { go, query } from '../state/route'
import { RunList } from '../state/runList'
import { session } from '../state/session'

export function RunsPage() {
  const filter = readFilter(query.value)
  const key = writeFilter(filter, filter.since).toString()
  const fixed = useMemo(() => settled(filter, Date.now()), [key])
  const list = useMemo(() => new RunList(fixed), [fixed])
  useEffect(() => () => list.close(), [list])
  return (
    <div class="runs-page">
      <h1 class="page-title visually-hidden">Runs</h1>
      <FilterBar
        filter={filter}
        withTenant={session.value?.open ?? false}
        onChange={(next) => {
          const query = writeFilter(next, next.since)
          go(query.size > 0 ? `/runs?${query}` : '/runs', 'replace')
        }}
      />
      <Runs key={key} list={list} isFiltered={!isEmpty(filter)} filter={fixed} />
    </div>
  )
}

function Runs({ list, isFiltered, filter }: { list: RunList; isFiltered: boolean; filter: ReturnType<typeof settled> }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [selected, setSelected] = useState<ReadonlyMap<string, RunSummary>>(new Map())
  const [current, setCurrent] = useState<string | null>(null)
  const anchor = useRef<string | null>(null)
  const isNarrow = useMedia('(max-width: 760px)')
  void list.version.value
  const runs = list.runs
  const place = current === null ? -1 : runs.findIndex((run) => run.id === current)
  const height = isNarrow ? 76 : 36

  const select = (run: RunSummary, range: boolean) => {
    const next = new Map(selected)
    const from = range && anchor.current !== null ? runs.findIndex((one) => one.id === anchor.current) : -1
    if (from >= 0) {
      const to = runs.indexOf(run)
      for (let index = Math.min(from, to); index <= Math.max(from, to); index++) next.set(runs[index]!.id, runs[index]!)
    } else if (!next.delete(run.id)) {
      next.set(run.id, run)
    }
    anchor.current = run.id
    setSelected(next)
  }

  const focus = (index: number) => {
    const run = runs[Math.max(0, Math.min(runs.length - 1, index))]
    if (!run) return
    setCurrent(run.id)
    const at = runs.indexOf(run) * height
    const element = scroller.current!
    const head = isNarrow ? 0 : 32
    if (at < element.scrollTop) element.scrollTop = at
    else if (at + height + head > element.scrollTop + element.clientHeight) element.scrollTop = at + height + head - element.clientHeight
    // The row may have to be drawn first.
    requestAnimationFrame(() => requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-run="${run.id}"]`)?.focus({ preventScroll: true })))
  }

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = moves[event.key]
    const run = runs[place]
    if (step !== undefined) {
      const page = Math.max(1, Math.floor(scroller.current!.clientHeight / height) - 2)
      const to = step === 'first' ? 0 : step === 'last' ? runs.length - 1 : place + (typeof step === 'number' ? step : step === 'page' ? page : -page)
      if (event.shiftKey && run) {
        anchor.current ??= run.id
        const next = runs[Math.max(0, Math.min(runs.length - 1, to))]
        if (next) select(next, true)
      }
      focus(to)
    } else if (event.key === 'Enter' && run && !(event.target instanceof HTMLAnchorElement)) {
      go(`/runs/${run.id}`)
    } else if ((event.key === ' ' || event.key === 'x') && run) {
      select(run, event.shiftKey)
    } else if (event.key === 'Escape' && selected.size > 0) {
      setSelected(new Map())
    } else {
      return
    }
    event.preventDefault()
  }

  const done = (act: Act, ids: string[] | null) => {
    if (ids === null) void list.reload()
    else if (act === 'delete') list.remove(new Set(ids.filter((id) => list.find(id)?.endedAt !== null)))
    setSelected(new Map())
  }

  const allRead = runs.length > 0 && selected.size >= runs.length
  return (
    <>
      <div class="list-head">
        <span class="muted" aria-live="polite">
          {list.isRead ? `${count(runs.length)}${list.next === null ? '' : '+'} ${runs.length === 1 ? 'run' : 'runs'}${isFiltered ? ' match' : ''}` : 'Reading…'}
        </span>
        {list.isPolled.value && <span class="muted" title="This server has no /v1/runs/feed">This server has no /v1/runs/feed: the list is read again every few seconds.</span>}
        {selected.size > 0 && (
          <BulkActions selected={selected} filter={filter} offerAll={allRead} onDone={done} onClear={() => setSelected(new Map())} />
        )}
      </div>
      {list.problem.value !== null && (
        <Missing title="The list can not be read" tone="bad">
          {list.problem.value.message}
        </Missing>
      )}
      <div
        hidden={list.isRead && runs.length === 0}
        class={`grid${isNarrow ? ' grid-narrow' : ''}`}
        role="grid"
        aria-label="Runs"
        aria-multiselectable="true"
        aria-rowcount={list.next === null ? runs.length + 1 : -1}
        ref={scroller}
        onKeyDown={press}
        tabIndex={runs.length === 0 || place < 0 ? 0 : -1}
        onFocus={(event) => {
          if (event.target === event.currentTarget && runs.length > 0) focus(Math.max(0, place))
        }}
        onClick={(event) => {
          const row = (event.target as HTMLElement).closest<HTMLElement>('[data-run]')
          if (row && !(event.target as HTMLElement).closest('a, input') && getSelection()?.isCollapsed !== false) go(`/runs/${row.dataset['run']}`)
        }}
      >
        <div role="rowgroup" class="grid-head">
          <div role="row" class="row" aria-rowindex={1}>
            <span role="columnheader" class="cell-select">
              <input
                type="checkbox"
                aria-label="Select all runs that were read"
                checked={allRead}
                onClick={() => setSelected(allRead ? new Map() : new Map(runs.map((run) => [run.id, run])))}
              />
            </span>
            {columns.map((name) => (
              <span key={name} role="columnheader" class={`cell-${name === 'Run' ? 'id' : name.toLowerCase()}${numeric.has(name) ? ' number' : ''}`}>
                {name}
              </span>
            ))}
          </div>
        </div>
        <VirtualRows
          count={runs.length}
          height={height}
          scroller={scroller}
          inserted={list.inserted}
          onNearEnd={() => void list.more()}
          render={(index) => {
            const run = runs[index]!
            return (
              <RunRow
                key={run.id}
                run={run}
                index={index}
                selected={selected.has(run.id)}
                current={run.id === current}
                onSelect={(range) => select(run, range)}
                onFocus={() => setCurrent(run.id)}
              />
            )
          }}
        />
      </div>
      {list.isRead && runs.length === 0 && list.problem.value === null && <NoRuns isFiltered={isFiltered} />}
      {selected.size > 0 && <p class="visually-hidden" role="status">{plural(selected.size, 'run')} selected</p>}
    </>
  )
}

const numeric = new Set<string>(['Took', 'Tries', 'Tokens', 'Cost'])

const moves: Record<string, number | 'first' | 'last' | 'page' | 'back'> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  Home: 'first',
  End: 'last',
  PageDown: 'page',
  PageUp: 'back',
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Missing title="No run matches">Runs that come to match appear here by themselves.</Missing>
  ) : (
    <Missing title="No runs yet">
      <p>Submit one, and it appears here:</p>
      <pre class="snippet" tabIndex={0}>{`curl ${location.origin}/v1/runs -H 'Content-Type: application/json' \\
  -d '{"model": "openai/gpt-5-mini", "input": {"messages": [{"role": "user", "content": "Tell me about the sea."}]}}'`}</pre>
    </Missing>
  )
}
