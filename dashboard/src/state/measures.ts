import type { StatsPoint } from '../api/types'
import { compact, money } from '../format/number'
import { duration } from '../format/time'

/** What a chart can show of a model, a leg or a tenant. */
export interface Measure {
  name: string
  /** Null: it has no such unit. */
  per: 'second' | 'step' | null
  /** It is as it stands at the time, and nothing that happened. */
  stands: boolean
  /** Those of several make that of all of them together. */
  adds: boolean
  whole: boolean
  format: (value: number) => string
  read(point: StatsPoint): number | null
}

export const measures: Measure[] = [
  { ...counted('Completed', 'completed'), per: 'step' },
  { ...counted('Failed', 'failed'), per: 'step' },
  { ...counted('Cancelled', 'cancelled'), per: 'step' },
  { ...counted('Submitted', 'submitted'), per: 'step' },
  { ...counted('Active', 'active'), per: null, stands: true },
  { ...counted('Queued', 'queued'), per: null, stands: true },
  late('First event, p50', 'firstEventP50'),
  late('First event, p99', 'firstEventP99'),
  { ...counted('Events', 'events'), per: 'second', whole: false },
  { ...counted('Tokens in', 'inputTokens'), per: 'second', whole: false },
  { ...counted('Tokens out', 'outputTokens'), per: 'second', whole: false },
  { ...counted('Re-attaches', 'reattaches'), per: 'step' },
  { ...counted('Fall-backs', 'fallbacks'), per: 'step' },
  {
    name: 'Cost',
    per: 'step',
    stands: false,
    adds: true,
    whole: false,
    format: money,
    read: ({ cost }) => (cost === null || typeof cost === 'number' ? cost : cost.amount),
  },
]

/** A value for each point. The last step is under way: what it has so far came in a part of it. */
export function valuesOf({ per, read }: Pick<Measure, 'per' | 'read'>, points: StatsPoint[], step: number): (number | null)[] {
  return points.map((point) => {
    const value = read(point)
    return value === null || per !== 'second' ? value : value / Math.max(1, Math.min(step, (Date.now() - Date.parse(point.at)) / 1000))
  })
}

type Counted = Exclude<keyof StatsPoint, 'at' | 'cost'>

function counted(name: string, field: Counted): Omit<Measure, 'per'> {
  return { name, stands: false, adds: true, whole: true, format: compact, read: (point) => point[field] }
}

function late(name: string, field: Counted): Measure {
  const read = (point: StatsPoint) => point[field]
  return { name, per: null, stands: false, adds: false, whole: false, format: (value) => duration(value * 1000), read }
}
