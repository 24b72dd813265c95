import { useMemo } from 'preact/hooks'
import type { Stats, StatsPoint } from '../api/types'
import { ActiveRuns } from '../parts/ActiveRuns'
import { AttentionList } from '../parts/AttentionList'
import { Breakdown } from '../parts/Breakdown'
import { Chart, type Line } from '../parts/Chart'
import { Missing, NoSuchCall } from '../parts/Missing'
import { usePoll } from '../parts/usePoll'
import { compact, cost, count, none, plural } from '../format/number'
import { duration, round } from '../format/time'
import { now } from '../state/clock'
import { valuesOf } from '../state/measures'
import { go, query } from '../state/route'
import { ranges, readView, writeView, type View } from '../state/view'

export function Overview() {
  const view = readView(query.value)
  const show = (change: Partial<View>) => {
    const next = writeView({ ...view, ...change })
    go(next.size > 0 ? `/?${next}` : '/', 'replace')
  }
  const { seconds, step, everyMs } = ranges[view.last]!
  // The range moves on with each step, and not with each second: a request stays the same for so long.
  const to = Math.floor(now.value / 1000 / step) * step + step
  const range = (dimension: string) =>
    `/v1/stats?from=${encodeURIComponent(iso(to - seconds))}&to=${encodeURIComponent(iso(to))}&step=${step}&by=${dimension}`
  const { value: stats, problem } = usePoll<Stats>(range('none'), everyMs)
  const { value: parts } = usePoll<Stats>(range(view.by), everyMs)
  return (
    <>
      <div class="page-head">
        <h1>Overview</h1>
        <div class="chips" role="group" aria-label="Range">
          <span class="muted chips-name">Last</span>
          {Object.entries(ranges).map(([last, { name }]) => (
            <button key={last} type="button" class="chip" aria-pressed={last === view.last} onClick={() => show({ last })}>
              {name}
            </button>
          ))}
        </div>
      </div>
      {problem?.isMissing && (
        <>
          <NoSuchCall call="/v1/stats" />
          <ActiveRuns />
        </>
      )}
      {problem && !problem.isMissing && (
        <Missing title="The figures can not be read" tone="bad">
          {problem.message}
        </Missing>
      )}
      {stats === null && !problem && <p class="muted page-wait">Reading…</p>}
      {stats && <Figures stats={stats} />}
      {stats && <Breakdown stats={parts} view={view} onView={show} />}
    </>
  )
}

function Figures({ stats }: { stats: Stats }) {
  // The server's step: that which was asked for may be shorter than what it keeps.
  const charts = useMemo(() => chartsOf(stats, Number(stats.step)), [stats])
  const { totals } = stats
  const points = stats.series[0]?.points ?? []
  const last = points.at(-1)
  const times = useMemo(() => points.map((point) => Date.parse(point.at) / 1000), [points])
  const range: [number, number] = [Date.parse(stats.from) / 1000, Date.parse(stats.to) / 1000]
  return (
    <>
      {(stats.hosts?.silent ?? 0) > 0 && (
        <div class="banner banner-warn" role="status">
          <strong>Not complete.</strong>{' '}
          <span>
            {stats.hosts!.silent} of {plural(stats.hosts!.all, 'host')} did not answer: what their runs do is not in these figures.
          </span>
        </div>
      )}
      <AttentionList runs={stats.attention} />
      <dl class="tiles card">
        <Tile name="Active now" value={count(totals.active ?? last?.active)} />
        <Tile name="Queued now" value={count(totals.queued ?? last?.queued)} />
        <Tile name="Completed" value={compact(totals.completed)} />
        <Tile name="Failed" value={compact(totals.failed)} bad={(totals.failed ?? 0) > 0} />
        <Tile name="Cancelled" value={compact(totals.cancelled)} />
        <Tile name="Cost" value={totals.submitted === 0 && !totals.cost ? none : cost(totals.cost)} />
        <Tile name="First event, p50" value={seconds(totals.firstEventP50)} />
        <Tile name="First event, p99" value={seconds(totals.firstEventP99)} />
        <Tile name="Tokens in" value={compact(totals.inputTokens)} />
        <Tile name="Tokens out" value={compact(totals.outputTokens)} />
        <Tile name="Re-attaches" value={compact(totals.reattaches)} />
        <Tile name="Fall-backs" value={compact(totals.fallbacks)} />
      </dl>
      <div class="charts">
        {charts.map((chart) => (
          <Chart key={chart.title} range={range} times={times} {...chart} />
        ))}
      </div>
    </>
  )
}

function Tile({ name, value, bad = false }: { name: string; value: string; bad?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={bad ? 'bad' : ''}>{value}</dd>
    </div>
  )
}

interface ChartOf {
  title: string
  unit: string
  lines: Line[]
  whole?: boolean
  format?: (value: number) => string
}

function chartsOf(stats: Stats, step: number): ChartOf[] {
  const points = stats.series[0]?.points ?? []
  const of = (read: (point: StatsPoint) => number | null) => points.map(read)
  const rate = (read: (point: StatsPoint) => number) => valuesOf({ per: 'second', read }, points, step)
  return [
    {
      title: 'Runs',
      unit: 'at the time',
      whole: true,
      lines: [
        { label: 'active', colour: 'accent', kind: 'area', values: of((point) => point.active) },
        { label: 'queued', colour: 'warn', kind: 'line', values: of((point) => point.queued) },
      ],
    },
    {
      title: 'Ended',
      unit: `per ${round(duration(step * 1000))}`,
      whole: true,
      lines: [
        { label: 'failed', colour: 'bad', kind: 'bars', values: of((point) => point.failed) },
        { label: 'cancelled', colour: 'muted', kind: 'bars', values: of((point) => point.cancelled) },
        { label: 'completed', colour: 'good', kind: 'bars', values: of((point) => point.completed) },
      ],
    },
    {
      title: 'First event',
      unit: 'after submission',
      format: seconds,
      lines: [
        { label: 'p50', colour: 'accent', kind: 'line', values: of((point) => point.firstEventP50) },
        { label: 'p99', colour: 'odd', kind: 'line', values: of((point) => point.firstEventP99) },
      ],
    },
    { title: 'Events', unit: 'per second', lines: [{ label: 'events', colour: 'accent', kind: 'area', values: rate((point) => point.events) }] },
    {
      title: 'Tokens',
      unit: 'per second',
      lines: [
        { label: 'out', colour: 'accent', kind: 'area', values: rate((point) => point.outputTokens) },
        { label: 'in', colour: 'good', kind: 'line', values: rate((point) => point.inputTokens) },
      ],
    },
    {
      title: 'Recoveries',
      unit: `per ${round(duration(step * 1000))}`,
      whole: true,
      lines: [
        { label: 're-attaches', colour: 'odd', kind: 'bars', values: of((point) => point.reattaches) },
        { label: 'fall-backs', colour: 'warn', kind: 'bars', values: of((point) => point.fallbacks) },
      ],
    },
  ]
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : duration(value * 1000)
}
