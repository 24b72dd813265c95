import { useEffect, useRef, useState } from 'preact/hooks'
import { statuses, type RunFilter } from '../api/types'
import { isEmpty, noFilter, spans } from '../state/filter'
import { Status } from './Status'
import { useMedia } from './useMedia'

type Filter = RunFilter & { since: string }

export function FilterBar({ filter, onChange, withTenant }: { filter: Filter; onChange: (filter: Filter) => void; withTenant: boolean }) {
  const set = (change: Partial<Filter>) => onChange({ ...filter, ...change })
  const custom = filter.since === '' && (filter.from !== '' || filter.to !== '')
  const [exact, setExact] = useState(custom)
  const isNarrow = useMedia('(max-width: 760px)')
  // On a telephone they would take the place of the list: they are there when they are asked for, or do something.
  const isUsed = !isEmpty({ ...filter, status: [] })
  const [isOpen, setOpen] = useState(isUsed)
  return (
    <form class="filters" role="search" aria-label="Filter runs" onSubmit={(event) => event.preventDefault()}>
      <div class="chips" role="group" aria-label="Status">
        {statuses.map((status) => {
          const on = filter.status.includes(status)
          return (
            <button
              key={status}
              type="button"
              class="chip"
              aria-pressed={on}
              onClick={() => set({ status: on ? filter.status.filter((one) => one !== status) : [...filter.status, status] })}
            >
              <Status status={status} />
            </button>
          )
        })}
      </div>
      {isNarrow && (
        <button type="button" class="chip" aria-expanded={isOpen} aria-controls="filter-fields" onClick={() => setOpen(!isOpen)}>
          {isUsed ? 'More filters, in use' : 'More filters'}
        </button>
      )}
      <div class="fields" id="filter-fields" hidden={isNarrow && !isOpen}>
        <Field label="Model" value={filter.model} placeholder="openai/gpt-5-mini" onChange={(model) => set({ model })} search />
        <Field
          label="Metadata"
          value={writePairs(filter.metadata)}
          placeholder="key=value"
          onChange={(text) => set({ metadata: readPairs(text) })}
        />
        {withTenant && <Field label="Tenant" value={filter.tenant} placeholder="any" onChange={(tenant) => set({ tenant })} />}
        <Field label="Error" value={filter.error} placeholder="code or message" onChange={(error) => set({ error })} />
        <label class="field">
          <span>Created</span>
          <select
            value={exact ? 'exact' : filter.since}
            onChange={(event) => {
              const value = event.currentTarget.value
              setExact(value === 'exact')
              set(value === 'exact' ? { since: '', from: new Date(Date.now() - 3_600_000).toISOString(), to: '' } : { since: value, from: '', to: '' })
            }}
          >
            <option value="">any time</option>
            {Object.keys(spans).map((span) => (
              <option key={span} value={span}>
                last {span}
              </option>
            ))}
            <option value="exact">from – to</option>
          </select>
        </label>
        {exact && (
          <>
            <Time label="From" value={filter.from} onChange={(from) => set({ from, since: '' })} />
            <Time label="To" value={filter.to} onChange={(to) => set({ to, since: '' })} />
          </>
        )}
      </div>
      {!isEmpty(filter) && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            setExact(false)
            onChange({ ...noFilter, since: '' })
          }}
        >
          Clear filters
        </button>
      )}
    </form>
  )
}

interface FieldProps {
  label: string
  value: string
  placeholder: string
  search?: boolean
  onChange: (value: string) => void
}

/** Takes effect when the typing pauses. */
function Field({ label, value, placeholder, search = false, onChange }: FieldProps) {
  const [text, setText] = useState(value)
  const typed = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  // By the end of the pause the filter may be another one: what was typed here is added to that.
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (value !== typed.current) {
      typed.current = value
      setText(value)
    }
  }, [value])
  const give = (next: string) => {
    clearTimeout(timer.current)
    typed.current = next.trim()
    latest.current(next.trim())
  }
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        value={text}
        placeholder={placeholder}
        spellcheck={false}
        autoComplete="off"
        data-search={search ? '' : undefined}
        onInput={(event) => {
          const next = event.currentTarget.value
          setText(next)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => give(next), 350)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') give(event.currentTarget.value)
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
    </label>
  )
}

function Time({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="datetime-local"
        step="1"
        value={local(value)}
        onChange={(event) => {
          const time = Date.parse(event.currentTarget.value)
          onChange(Number.isNaN(time) ? '' : new Date(time).toISOString())
        }}
      />
    </label>
  )
}

function local(value: string): string {
  if (value === '') return ''
  const time = new Date(value)
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

function writePairs(metadata: Record<string, string>): string {
  return Object.entries(metadata)
    .map(([key, value]) => `${key}=${/\s/.test(value) ? `"${value}"` : value}`)
    .join(' ')
}

/** A value ends at a blank, unless it is in quotes. */
function readPairs(text: string): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [, key, quoted, plain] of text.matchAll(/([^\s=]+)=(?:"([^"]*)"|(\S*))/g)) result[key!] = quoted ?? plain ?? ''
  return result
}
