import { useEffect, useState } from 'preact/hooks'
import { ApiError, getJson } from '../api/http'
import type { JournalEntry, JournalPage } from '../api/types'
import { bytes, count } from '../format/number'
import { line } from '../format/text'
import { instant, precise } from '../format/time'
import { Json } from './Json'
import { Missing, NoSuchCall } from './Missing'

const pageSize = 100

/** The journal's entries as they are, and a search in them. */
export function Journal({ id }: { id: string }) {
  const [text, setText] = useState('')
  const [search, setSearch] = useState('')
  const [pages, setPages] = useState<JournalPage[]>([])
  /** What the pages were searched for: those of the next search are on their way. */
  const [searched, setSearched] = useState('')
  const [problem, setProblem] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const read = async (from: JournalPage['next'], before: JournalPage[], signal?: AbortSignal) => {
    setBusy(true)
    try {
      const query = new URLSearchParams({ limit: String(pageSize) })
      if (from !== null) query.set('from', String(from))
      if (search !== '') query.set('q', search)
      const page = await getJson<JournalPage>(`/v1/runs/${id}/journal?${query}`, signal)
      setPages([...before, page])
      setSearched(search)
      setProblem(null)
    } catch (failure) {
      if (failure instanceof ApiError) setProblem(failure)
      else if (!signal?.aborted) throw failure
    } finally {
      setBusy(false)
    }
  }
  useEffect(() => {
    const stop = new AbortController()
    void read(null, [], stop.signal)
    return () => stop.abort()
  }, [id, search])
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), 300)
    return () => clearTimeout(timer)
  }, [text])

  if (problem?.isMissing) return <NoSuchCall call="/v1/runs/{id}/journal" />
  const entries = pages.flatMap((page) => page.entries)
  const last = pages.at(-1)
  return (
    <div class="journal">
      <div class="journal-head">
        <label class="field">
          <span>Search</span>
          <input type="search" value={text} placeholder="text of an entry" onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <span class="muted" role="status">
          {last ? `${count(entries.length)} of ${count(last.total)} entries${searched === '' ? '' : ' match'}` : 'Reading…'}
        </span>
      </div>
      {problem !== null && (
        <Missing title="The journal can not be read" tone="bad">
          {problem.message}
        </Missing>
      )}
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.number} entry={entry} />
        ))}
      </ol>
      {last && entries.length === 0 && <Missing title={searched === '' ? 'No entries' : 'No entry has this text'} />}
      {last && last.next !== null && (
        <button type="button" class="quiet" disabled={busy} onClick={() => void read(last.next, pages)}>
          {busy ? 'Reading…' : 'More entries'}
        </button>
      )}
    </div>
  )
}

function Entry({ entry }: { entry: JournalEntry }) {
  const [open, setOpen] = useState(false)
  return (
    <li>
      <button type="button" class="entry" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="number muted">{entry.number}</span>
        <span class="mono entry-time" title={instant(entry.at)}>
          {precise(entry.at)}
        </span>
        <span class="entry-kind">{line(entry.kind)}</span>
        <span class="number muted">{entry.attempt ?? ''}</span>
        <span class="entry-summary">{line(entry.summary, 300)}</span>
        <span class="number muted">{bytes(entry.bytes)}</span>
      </button>
      {open && <Json value={entry.data} label={`Entry ${entry.number}`} />}
    </li>
  )
}
