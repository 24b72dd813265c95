import type { Cost } from '../api/types'

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** What stands where a value is not known. */
export const none = '–'

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? none : whole.format(value)
}

/** Three digits: 9.27 k, 1.04 M. */
export function compact(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return none
  const size = Math.abs(value)
  if (size >= 1e9) return `${digits(value / 1e9)} G`
  if (size >= 1e6) return `${digits(value / 1e6)} M`
  if (size >= 1e4) return `${digits(value / 1e3)} k`
  return size >= 100 || Number.isInteger(value) ? whole.format(value) : digits(value)
}

function digits(value: number): string {
  const size = Math.abs(value)
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)
}

export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return none
  if (value < 1024) return `${whole.format(value)} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  let size = value / 1024
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit++
  }
  return `${digits(size)} ${units[unit]}`
}

/** Money of small amounts: as many places as it takes to see something. */
export function money(amount: number | null | undefined, currency = 'USD'): string {
  if (amount === null || amount === undefined) return 'unknown'
  const places = amount === 0 || Math.abs(amount) >= 1 ? 2 : Math.abs(amount) >= 0.01 ? 4 : 6
  return `${currency === 'USD' ? '$' : `${currency} `}${amount.toFixed(places)}`
}

/** A sum of money, however the server writes it; where a part of it is unknown it is at least so much. */
export function cost(value: Cost | number | null | undefined): string {
  if (value === null || value === undefined) return 'unknown'
  return typeof value === 'number' ? money(value) : `${value.complete === false ? '≥ ' : ''}${money(value.amount, value.currency)}`
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`
}
