import type { Stats, StatsPoint } from '../api/types'
import { compact, cost } from '../format/number'
import { line } from '../format/text'
import { duration } from '../format/time'
import { dimensions, type View } from '../state/view'
import { BreakdownChart } from './BreakdownChart'
import { Missing } from './Missing'

type Sums = Partial<StatsPoint>

const summed = ['submitted', 'completed', 'failed', 'cancelled', 'events', 'inputTokens', 'outputTokens', 'reattaches', 'fallbacks'] as const

/** The same figures for each model, leg or tenant. */
export function Breakdown({ stats, view, onView }: { stats: Stats | null; view: View; onView: (change: Partial<View>) => void }) {
  // While those by another dimension are on their way, the old ones are shown under their own name.
  const of = stats?.by ?? view.by
  const rows = (stats?.series ?? []).map(({ key, points, totals }) => ({ key: key ?? '–', name: name(key, of), points, sums: totals ?? total(points) }))
  rows.sort((a, b) => (b.sums.submitted ?? 0) - (a.sums.submitted ?? 0) || (a.key < b.key ? -1 : 1))
  return (
    <section class="card breakdown" aria-labelledby="breakdown-title">
      <div class="card-head">
        <h2 id="breakdown-title">By {of}</h2>
        <div class="chips" role="group" aria-label="Broken down by">
          {dimensions.map((dimension) => (
            <button key={dimension} type="button" class="chip" aria-pressed={dimension === view.by} onClick={() => onView({ by: dimension })}>
              {dimension}
            </button>
          ))}
        </div>
      </div>
      {rows.length === 0 ? (
        <Missing title="No runs in this range" />
      ) : (
        <>
          <BreakdownChart key={of} stats={stats!} parts={rows} by={of} chart={view.chart} onChart={(chart) => onView({ chart })} />
          <div class="table-scroll" tabIndex={0} role="region" aria-label={`Figures by ${of}`}>
            <table class="plain">
              <thead>
                <tr>
                  <th>{of[0]!.toUpperCase() + of.slice(1)}</th>
                  <th class="number">Submitted</th>
                  <th class="number">Completed</th>
                  <th class="number">Failed</th>
                  <th class="number">First event p50</th>
                  <th class="number">p99, at most</th>
                  <th class="number">Events</th>
                  <th class="number">Tokens in</th>
                  <th class="number">Tokens out</th>
                  <th class="number">Re-attaches</th>
                  <th class="number">Fall-backs</th>
                  <th class="number">Cost</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ key, name, sums }) => (
                  <tr key={key}>
                    <td class="key" title={line(key, 400)}>
                      {name}
                    </td>
                    <td class="number">{compact(sums.submitted)}</td>
                    <td class="number">{compact(sums.completed)}</td>
                    <td class={`number${sums.failed ? ' bad' : ''}`}>{compact(sums.failed)}</td>
                    <td class="number">{seconds(sums.firstEventP50)}</td>
                    <td class="number">{seconds(sums.firstEventP99)}</td>
                    <td class="number">{compact(sums.events)}</td>
                    <td class="number">{compact(sums.inputTokens)}</td>
                    <td class="number">{compact(sums.outputTokens)}</td>
                    <td class="number">{compact(sums.reattaches)}</td>
                    <td class="number">{compact(sums.fallbacks)}</td>
                    <td class="number">{cost(sums.cost)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  )
}

/** A leg's number alone says little. */
function name(key: string | null, by: string): string {
  if (by !== 'leg') return line(key ?? '–', 80)
  return key === '0' ? 'leg 0, as asked for' : `leg ${line(key ?? '–', 8)}, fall-back`
}

/** Percentiles can not be added: of a series without totals the middle of its medians is shown, and the highest p99. */
function total(points: StatsPoint[]): Sums {
  const sums: Sums = {}
  for (const name of summed) sums[name] = points.reduce((sum, point) => sum + (point[name] ?? 0), 0)
  const medians = points.map((point) => point.firstEventP50).filter((value) => value !== null).sort((a, b) => a - b)
  const highest = points.map((point) => point.firstEventP99).filter((value) => value !== null)
  sums.firstEventP50 = medians[medians.length >> 1] ?? null
  sums.firstEventP99 = highest.length > 0 ? Math.max(...highest) : null
  const known = points.map((point) => point.cost).filter((value) => value !== null)
  sums.cost = known.length === 0 ? null : known.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : value.amount), 0)
  return sums
}

function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : duration(value * 1000)
}
