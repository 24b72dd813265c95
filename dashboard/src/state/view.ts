import { measures } from './measures'

/** How far back, and how long a step of the charts is then, in seconds. */
export interface Range {
  name: string
  seconds: number
  step: number
  everyMs: number
}

/** By what the address says. */
export const ranges: Record<string, Range> = {
  '15m': { name: '15 min', seconds: 900, step: 10, everyMs: 5000 },
  '1h': { name: '1 h', seconds: 3600, step: 60, everyMs: 5000 },
  '6h': { name: '6 h', seconds: 21_600, step: 300, everyMs: 15_000 },
  '24h': { name: '24 h', seconds: 86_400, step: 1200, everyMs: 30_000 },
  '7d': { name: '7 d', seconds: 604_800, step: 7200, everyMs: 60_000 },
}

export const dimensions = ['model', 'leg', 'tenant'] as const

/** What of the figures is shown. The page's address has it, so that it is kept and can be passed on. */
export interface View {
  /** A key of `ranges`. */
  last: string
  by: string
  /** A measure, as `slug` writes its name. */
  chart: string
}

const usual: View = { last: '15m', by: 'model', chart: slug(measures[0]!.name) }

/** What the address does not say, or says in words that are not known here, is as usual. */
export function readView(query: URLSearchParams): View {
  const [last, by, chart] = [query.get('last'), query.get('by'), query.get('chart')]
  return {
    last: last !== null && Object.hasOwn(ranges, last) ? last : usual.last,
    by: (dimensions as readonly (string | null)[]).includes(by) ? by! : usual.by,
    chart: measures.some((one) => slug(one.name) === chart) ? chart! : usual.chart,
  }
}

/** What is as usual is left out. */
export function writeView(view: View): URLSearchParams {
  const query = new URLSearchParams()
  for (const name of ['last', 'by', 'chart'] as const) if (view[name] !== usual[name]) query.set(name, view[name])
  return query
}

/** First event, p50 → first-event-p50 */
export function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}
