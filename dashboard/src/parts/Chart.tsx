import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { compact } from '../format/number'
import { round } from '../format/time'
import { colours } from '../state/theme'

export interface Line {
  label: string
  /** The name of a colour of the style sheet. */
  colour: string
  values: (number | null)[]
  kind: 'line' | 'area' | 'bars'
  /** On and off in turns, in pixels. None: drawn through. */
  dash?: number[]
}

interface Props {
  title: string
  /** In place of the title, for who sees it. */
  head?: ComponentChildren
  unit: string
  /** Seconds since 1970: what is shown, whether there are values for it or not. */
  range: [number, number]
  times: number[]
  lines: Line[]
  /** There is no half of what is counted. */
  whole?: boolean
  format?: (value: number) => string
  /** Lines that are not drawn, by their labels. */
  hidden?: ReadonlySet<string>
  /** The legend's keys show and hide their lines. */
  onToggle?: (label: string) => void
}

const nothing: ReadonlySet<string> = new Set()

const height = 150

/** Between two lines of a scale of whole numbers. */
const steps = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((one) => one * 10 ** power)).flat()

/** Values over time. Its own words say what the picture shows, for who does not see it. */
export function Chart({ title, head, unit, range, times, lines, whole = false, format = compact, hidden = nothing, onToggle }: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  // While the pointer is in a chart, the legends of all tell the values there.
  const [pointed, setPointed] = useState<number | null>(null)
  const shape = `${colours.value}|${lines.map((line) => `${line.label}${line.kind}${line.colour}${hidden.has(line.label)}`).join()}|${whole}|${title}`
  const data = useRef<uPlot.AlignedData>([[]])
  const shown = useRef(range)
  shown.current = range
  const isEmpty = lines.every((line) => line.values.every((value) => value === null))
  data.current = [times, ...stacked(lines).toReversed()] as uPlot.AlignedData

  useEffect(() => {
    const element = holder.current!
    const chart = new uPlot(options(element, lines, hidden, whole, () => shown.current, format, setPointed), data.current, element)
    plot.current = chart
    const resized = new ResizeObserver(() => {
      if (element.clientWidth !== chart.width && element.clientWidth > 0) chart.setSize({ width: element.clientWidth, height })
    })
    resized.observe(element)
    return () => {
      resized.disconnect()
      chart.destroy()
      plot.current = null
    }
  }, [shape])

  useEffect(() => plot.current?.setData(data.current), [times, lines, range[0], range[1]])

  return (
    <figure class="card chart">
      <figcaption>
        {head ?? <span class="chart-title">{title}</span>} <span class="muted">{unit}</span>
        <span class={`chart-legend${onToggle ? ' chart-legend-keys' : ''}`} {...(onToggle ? { role: 'group', 'aria-label': 'Lines' } : {})}>
          {lines.map((line) =>
            onToggle ? (
              <button key={line.label} type="button" class="quiet" aria-pressed={!hidden.has(line.label)} onClick={() => onToggle(line.label)}>
                <Key line={line} at={pointed} format={format} />
              </button>
            ) : (
              <span key={line.label}>
                <Key line={line} at={pointed} format={format} />
              </span>
            ),
          )}
        </span>
      </figcaption>
      <div ref={holder} class="chart-plot" role="img" aria-label={`${title}. ${lines.filter((line) => !hidden.has(line.label)).map((line) => words(line, format)).join('. ')}`}>
        {isEmpty && <p class="chart-none">Nothing in this range</p>}
      </div>
    </figure>
  )
}

function Key({ line, at, format }: { line: Line; at: number | null; format: (value: number) => string }) {
  return (
    <>
      {line.dash ? (
        <svg viewBox="0 0 18 8" width="18" height="8" aria-hidden="true" style={{ color: `var(--${line.colour})` }}>
          <path d="M0 4h18" stroke="currentColor" stroke-width="2" stroke-dasharray={line.dash.join(' ')} />
        </svg>
      ) : (
        <i aria-hidden="true" class={`key-${line.kind}`} style={{ color: `var(--${line.colour})` }} />
      )}
      {line.label} <b>{valueOf(line, at, format)}</b>
    </>
  )
}

/** Bars stand on one another: each is drawn from the foot to the sum, the highest first and so behind the others. */
function stacked(lines: Line[]): (number | null)[][] {
  const sums: number[] = []
  return lines.map((line) => {
    if (line.kind !== 'bars') return line.values
    return line.values.map((value, at) => (sums[at] = (sums[at] ?? 0) + (value ?? 0)))
  })
}

function options(
  element: HTMLElement,
  lines: Line[],
  hidden: ReadonlySet<string>,
  whole: boolean,
  range: () => [number, number],
  format: (value: number) => string,
  onPoint: (at: number | null) => void,
): uPlot.Options {
  const muted = colour(element, 'muted')
  const grid = { stroke: colour(element, 'line'), width: 1 }
  const bars = uPlot.paths.bars!({ size: [0.72, 26], align: 1 })
  const font = '11px Inter, ui-sans-serif, system-ui, sans-serif'
  const axis = { stroke: muted, font, ticks: { show: false }, grid }
  return {
    width: Math.max(120, element.clientWidth),
    height,
    legend: { show: false },
    padding: [10, 16, 0, 0],
    cursor: { sync: { key: 'overview' }, y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: { x: { range }, y: { range: (_, low, high) => [Math.min(0, low ?? 0), high !== null && high > 0 ? high * 1.12 : 1] } },
    axes: [
      { ...axis, grid: { show: false }, size: 22, gap: 4, space: 74, values: (_, ticks) => ticks.map((tick) => clock(tick, ticks)) },
      { ...axis, ...(whole ? { incrs: steps } : {}), size: 46, gap: 6, space: 28, values: (_, ticks) => ticks.map((tick) => (tick === 0 ? '0' : round(format(tick)))) },
    ],
    series: [
      {},
      ...lines.toReversed().map((line) => {
        const stroke = colour(element, line.colour)
        return {
          label: line.label,
          show: !hidden.has(line.label),
          stroke,
          dash: line.dash ?? [],
          width: line.kind === 'bars' ? 0 : 1.6,
          points: line.kind === 'bars' ? { show: false } : { show: true, size: 4, width: 0, fill: stroke, filter: alone },
          ...(line.kind === 'line' ? {} : { fill: line.kind === 'bars' ? stroke : faint(stroke) }),
          ...(line.kind === 'bars' ? { paths: bars } : {}),
        } satisfies uPlot.Series
      }),
    ],
    hooks: { setCursor: [(chart) => onPoint((chart.cursor.left ?? -1) < 0 ? null : (chart.cursor.idx ?? null))] },
  }
}

/** Values with none beside them: no line would show them. */
function alone(chart: uPlot, series: number): number[] {
  const values = chart.data[series]!
  const known = (at: number) => values[at] !== null && values[at] !== undefined
  return Array.from(values, (_, at) => at).filter((at) => known(at) && !known(at - 1) && !known(at + 1))
}

/** A colour of the style sheet as it is under the present theme. */
function colour(element: HTMLElement, name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(--${name})`
  element.append(probe)
  const value = getComputedStyle(probe).color
  probe.remove()
  return value
}

function faint(rgb: string): string {
  return rgb.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.14)')
}

function clock(seconds: number, ticks: number[]): string {
  const time = new Date(seconds * 1000)
  const span = (ticks.at(-1) ?? 0) - (ticks[0] ?? 0)
  const two = (value: number) => String(value).padStart(2, '0')
  if (span > 86_400 * 1.5) return `${two(time.getDate())}.${two(time.getMonth() + 1)}.`
  const minutes = `${two(time.getHours())}:${two(time.getMinutes())}`
  return span < 300 ? `${minutes}:${two(time.getSeconds())}` : minutes
}

/** Null: the latest. */
function valueOf(line: Line, at: number | null, format: (value: number) => string): string {
  const value = line.values.at(at ?? -1)
  return value === null || value === undefined ? '–' : format(value)
}

function words(line: Line, format: (value: number) => string): string {
  const known = line.values.filter((value): value is number => value !== null)
  return known.length === 0 ? `${line.label}: no values` : `${line.label}: now ${valueOf(line, null, format)}, at most ${format(Math.max(...known))}`
}
