import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
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
  const toFocus = useRef<string | null>(null)
  const isNarrow = useMedia('(max-width: 760px)')
  void list.version.value
  const rows = list.rows
  const place = rows.placeOf(current)
  const height = isNarrow ? 76 : 36

  // Once the row is there, and before another key can come.
  useLayoutEffect(() => {
    if (toFocus.current === null) return
    drawn(toFocus.current)?.focus({ preventScroll: true })
    toFocus.current = null
  })

  const drawn = (id: string) => scroller.current!.querySelector<HTMLElement>(`[data-run="${id}"]`)

  const select = (run: RunSummary, range: boolean) => {
    const from = range ? rows.placeOf(anchor.current) : -1
    const to = rows.placeOf(run.id)
    const between: RunSummary[] = []
    if (from >= 0) for (let index = Math.min(from, to); index <= Math.max(from, to); index++) between.push(rows.at(index)!)
    anchor.current = run.id
    // Of two clicks in a row the second may come before the first is drawn.
    setSelected((before) => {
      const next = new Map(before)
      if (from >= 0) for (const one of between) next.set(one.id, one)
      else if (!next.delete(run.id)) next.set(run.id, run)
      return next
    })
  }

  const focus = (index: number) => {
    const to = Math.max(0, Math.min(rows.count - 1, index))
    const run = rows.at(to)
    if (!run) return
    const at = to * height
    const element = scroller.current!
    const head = isNarrow ? 0 : 32
    if (at < element.scrollTop) element.scrollTop = at
    else if (at + height + head > element.scrollTop + element.clientHeight) element.scrollTop = at + height + head - element.clientHeight
    const row = drawn(run.id)
    if (row !== null) {
      row.focus({ preventScroll: true })
    } else {
      toFocus.current = run.id
      setCurrent(run.id)
    }
  }

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = moves[event.key]
    // Runs may have come on top since it was drawn.
    const place = rows.placeOf(current)
    const run = rows.at(place)
    if (step !== undefined) {
      const page = Math.max(1, Math.floor(scroller.current!.clientHeight / height) - 2)
      const to = step === 'first' ? 0 : step === 'last' ? rows.count - 1 : place + (typeof step === 'number' ? step : step === 'page' ? page : -page)
      if (event.shiftKey && run) {
        anchor.current ??= run.id
        const next = rows.at(Math.max(0, Math.min(rows.count - 1, to)))
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
    else if (act === 'delete') list.remove(new Set(ids.filter((id) => rows.find(id)?.endedAt !== null)))
    setSelected(new Map())
  }

  const allRead = rows.count > 0 && selected.size >= rows.count
  return (
    <>
      <div class="list-head">
        <span class="muted" aria-live="polite">
          {list.isRead ? howMany(rows.count, list.next !== null, isFiltered) : 'Reading…'}
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
        hidden={list.isRead && rows.count === 0}
        class={`grid${isNarrow ? ' grid-narrow' : ''}`}
        role="grid"
        aria-label="Runs"
        aria-multiselectable="true"
        aria-rowcount={list.next === null ? rows.count + 1 : -1}
        ref={scroller}
        onKeyDown={press}
        tabIndex={rows.count === 0 || place < 0 ? 0 : -1}
        onFocusIn={(event) => {
          const row = rowOf(event)
          if (row !== null) setCurrent(row)
          else if (event.target === event.currentTarget) focus(Math.max(0, place))
        }}
        onClick={(event) => {
          const run = rows.find(rowOf(event) ?? '')
          if (!run) return
          if ((event.target as HTMLElement).closest('input')) {
            // The state decides, not the click; and only once the browser has taken the click back.
            event.preventDefault()
            const range = event.shiftKey
            setTimeout(() => select(run, range))
          } else if (!(event.target as HTMLElement).closest('a') && getSelection()?.isCollapsed !== false) {
            go(`/runs/${run.id}`)
          }
        }}
      >
        <div role="rowgroup" class="grid-head">
          <div role="row" class="row" aria-rowindex={1}>
            <span role="columnheader" class="cell-select">
              <input
                type="checkbox"
                aria-label="Select all runs that were read"
                checked={allRead}
                onClick={() => setSelected(allRead ? new Map() : new Map([...rows].map((run) => [run.id, run])))}
              />
            </span>
            {columns.map((name) => (
              <span key={name} role="columnheader" class={`cell-${name === 'Run' ? 'id' : name.toLowerCase()}${numeric.has(name) ? ' number' : ''}`}>
                {name === 'Tokens' ? 'Tokens in / out' : name}
              </span>
            ))}
          </div>
        </div>
        <VirtualRows
          count={rows.count}
          height={height}
          scroller={scroller}
          inserted={list.inserted}
          onNearEnd={() => void list.more()}
          kept={place}
          render={(index) => {
            const run = rows.at(index)!
            return <RunRow key={run.id} run={run} index={index} height={height} selected={selected.has(run.id)} current={run.id === current} />
          }}
        />
      </div>
      {list.isRead && rows.count === 0 && list.problem.value === null && <NoRuns isFiltered={isFiltered} />}
      {selected.size > 0 && <p class="visually-hidden" role="status">{plural(selected.size, 'run')} selected</p>}
    </>
  )
}

/** How many there are in all is not known before the last of them is read. */
function howMany(read: number, more: boolean, isFiltered: boolean): string {
  if (more) return `${count(read)} ${isFiltered ? 'runs that match' : 'runs'} are read, older ones come as you scroll`
  return `${plural(read, 'run')}${isFiltered ? (read === 1 ? ' matches' : ' match') : ''}`
}

/** The run whose row something happened in; null: none. */
function rowOf(event: Event): string | null {
  return (event.target as HTMLElement).closest<HTMLElement>('[data-run]')?.dataset['run'] ?? null
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
      <pre class="snippet" tabIndex={0}>{`curl ${location.origin}/v1/runs \\
  -H 'Content-Type: application/json' \\${session.value?.open === false ? "\n  -H 'Authorization: Bearer <a key that may submit>' \\" : ''}
  -d '{"model": "openai/gpt-5-mini",
       "input": {"messages": [{"role": "user", "content": "Hello!"}]}}'`}</pre>
    </Missing>
  )
}
