import { useMemo, useState } from 'preact/hooks'
import type { Stats, StatsPoint } from '../api/types'
import { duration, round } from '../format/time'
import { measures, valuesOf, type Measure } from '../state/measures'
import { slug } from '../state/view'
import { Chart, type Line } from './Chart'

/** As many lines as can be told from one another. */
const most = 6

export interface Part {
  name: string
  points: StatsPoint[]
}

interface Props {
  stats: Stats
  /** The greatest first. */
  parts: Part[]
  by: string
  /** The measure, as `slug` writes its name. */
  chart: string
  onChart: (chart: string) => void
}

/** One measure of each model, leg or tenant over time. The greatest have lines of their own, the others one together where they add up. */
export function BreakdownChart({ stats, parts, by, chart, onChart }: Props) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  // A leg has no runs at the time: a run goes from one to the next.
  const offered = measures.filter((one) => by !== 'leg' || !one.stands)
  const measure = offered.find((one) => slug(one.name) === chart) ?? offered[0]!
  const step = Number(stats.step)
  const lines = useMemo(() => linesOf(measure, parts, step), [measure, stats])
  const times = useMemo(() => (parts[0]?.points ?? []).map((point) => Date.parse(point.at) / 1000), [stats])
  return (
    <Chart
      title={`${measure.name} by ${by}`}
      head={
        <label class="breakdown-measure">
          <span class="muted">Chart of</span>
          <select value={slug(measure.name)} onChange={(event) => onChart(event.currentTarget.value)}>
            {offered.map((one) => (
              <option key={one.name} value={slug(one.name)}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      }
      unit={unit(measure, step)}
      range={[Date.parse(stats.from) / 1000, Date.parse(stats.to) / 1000]}
      times={times}
      lines={lines}
      whole={measure.whole}
      format={measure.format}
      hidden={hidden}
      onToggle={(label) => {
        const next = new Set(hidden)
        if (!next.delete(label)) next.add(label)
        setHidden(next)
      }}
    />
  )
}

function linesOf(measure: Measure, parts: Part[], step: number): Line[] {
  const lines: Line[] = parts.slice(0, most).map(({ name, points }, index) => ({
    label: name,
    colour: `line-${index + 1}`,
    kind: 'line',
    // Colours alone are not told apart by everybody.
    dash: dashes[index % dashes.length]!,
    values: valuesOf(measure, points, step),
  }))
  const others = parts.slice(most)
  if (others.length > 0 && measure.adds) {
    const values = others.map(({ points }) => valuesOf(measure, points, step))
    lines.push({
      label: others.length === 1 ? others[0]!.name : `${others.length} others`,
      colour: 'muted',
      kind: 'line',
      dash: [1, 3],
      values: values[0]!.map((_, at) => values.reduce<number | null>((sum, of) => (of[at] === null || of[at] === undefined ? sum : (sum ?? 0) + of[at]!), null)),
    })
  }
  return lines
}

const dashes = [[], [6, 3], [2, 2]]

function unit({ per, stands }: Measure, step: number): string {
  return per === 'second' ? 'per second' : per === 'step' ? `per ${round(duration(step * 1000))}` : stands ? 'at the time' : 'after submission'
}
