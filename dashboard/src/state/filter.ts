import { statuses, type RunFilter, type RunSummary, type Status } from '../api/types'

export const noFilter: RunFilter = { status: [], model: '', tenant: '', metadata: {}, from: '', to: '', error: '' }

/** Ranges that move with the clock are kept as what they are: `since=1h`. */
export const spans: Record<string, number> = { '15m': 900, '1h': 3600, '6h': 21_600, '24h': 86_400, '7d': 604_800 }

/** The filter in the page's address. */
export function readFilter(query: URLSearchParams): RunFilter & { since: string } {
  const metadata: Record<string, string> = {}
  for (const [name, value] of query) if (name.startsWith('metadata.')) metadata[name.slice(9)] = value
  return {
    status: query.getAll('status').filter((status): status is Status => (statuses as readonly string[]).includes(status)),
    model: query.get('model') ?? '',
    tenant: query.get('tenant') ?? '',
    metadata,
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
    error: query.get('error') ?? '',
    since: query.get('since') ?? '',
  }
}

/** As the API takes it, and the page's address with it. */
export function writeFilter(filter: RunFilter, since = ''): URLSearchParams {
  const query = new URLSearchParams()
  for (const status of filter.status) query.append('status', status)
  for (const name of ['model', 'tenant', 'from', 'to', 'error'] as const) if (filter[name] !== '') query.set(name, filter[name])
  for (const [key, value] of Object.entries(filter.metadata)) query.set(`metadata.${key}`, value)
  if (since !== '') query.set('since', since)
  return query
}

/** With the range that moves with the clock fixed to instants. */
export function settled(filter: RunFilter & { since: string }, now: number): RunFilter {
  const { since, ...rest } = filter
  const seconds = spans[since]
  return seconds === undefined ? rest : { ...rest, from: new Date(now - seconds * 1000).toISOString(), to: '' }
}

export function isEmpty(filter: RunFilter & { since: string }): boolean {
  return writeFilter(filter, filter.since).size === 0
}

/** What the API's own filter says of a run that the feed brings. */
export function matches(filter: RunFilter, run: RunSummary): boolean {
  if (filter.status.length > 0 && !filter.status.includes(run.status)) return false
  if (filter.model !== '' && run.model !== filter.model) return false
  if (filter.tenant !== '' && run.tenant !== undefined && run.tenant !== filter.tenant) return false
  const created = Date.parse(run.createdAt)
  if (filter.from !== '' && created < Date.parse(filter.from)) return false
  if (filter.to !== '' && created >= Date.parse(filter.to)) return false
  for (const [key, value] of Object.entries(filter.metadata)) {
    const own = run.metadata[key]
    if ((typeof own === 'string' ? own : JSON.stringify(own)) !== value) return false
  }
  if (filter.error !== '') {
    const part = filter.error.toLowerCase()
    const error = run.error
    if (!error || !(error.code.toLowerCase().includes(part) || (error.message ?? '').toLowerCase().includes(part))) return false
  }
  return true
}
