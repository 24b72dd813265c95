import { bytes, count, none } from '../format/number'
import { line } from '../format/text'
import { duration, instant, moment } from '../format/time'
import { useMedia } from './useMedia'

/**
 * Records whose fields are as the service tells them, as a table: what a newer one adds is seen at once. Where a table of so many columns would
 * go on sideways, each is a list of its own, below what its first field names it.
 */
export function Records({ rows, label, empty }: { rows: Record<string, unknown>[]; label: string; empty: string }) {
  const isNarrow = useMedia('(max-width: 760px)')
  if (rows.length === 0) return <p class="muted">{empty}</p>
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const numbers = new Set(names.filter((name) => rows.some((row) => typeof row[name] === 'number')))
  if (isNarrow && names.length > 3) {
    const [first, ...rest] = names as [string, ...string[]]
    return (
      <ul class="records" aria-label={label}>
        {rows.map((row, index) => (
          <li key={index}>
            <strong>
              <Value name={first} value={row[first]} />
            </strong>
            <dl>
              {rest.map((name) => (
                <div key={name}>
                  <dt>{title(name)}</dt>
                  <dd title={typeof row[name] === 'string' ? instant(row[name]) : undefined}>
                    <Value name={name} value={row[name]} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    )
  }
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={`Table of ${label.toLowerCase()}`}>
      <table class="plain">
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} class={numbers.has(name) ? 'number' : ''}>
                {title(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {names.map((name) => (
                <td key={name} class={numbers.has(name) ? 'number' : ''} title={typeof row[name] === 'string' ? instant(row[name]) : undefined}>
                  <Value name={name} value={row[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A value by its name and kind. */
export function Value({ name, value }: { name: string; value: unknown }) {
  if (value === null || value === undefined) return <>{none}</>
  if (name === 'answers' && value === false) return <span class="bad">no</span>
  if (typeof value === 'boolean') return <Health ok={value} yes={name === 'healthy' ? 'healthy' : 'yes'} no={name === 'healthy' ? 'not healthy' : 'no'} plain={name !== 'healthy'} />
  if (typeof value === 'number') {
    if (/bytes|memory|heap|workingset/i.test(name)) return <>{bytes(value)}</>
    if (/^(p50|p99)$|seconds$/i.test(name)) return <>{duration(value * 1000)}</>
    if (/ms$/i.test(name)) return <>{duration(value)}</>
    return <>{Number.isInteger(value) ? count(value) : value.toFixed(value < 10 ? 2 : 1)}</>
  }
  if (typeof value === 'string') return <>{/^\d{4}-\d\d-\d\dT/.test(value) ? moment(value) : line(value, 160)}</>
  if (Array.isArray(value)) return <>{value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).map((one) => line(one, 80)).join(', ')}</>
  return (
    <>
      {Object.entries(value as Record<string, unknown>).map(([key, one]) => (
        <span key={key} class="pair">
          <span class="muted">{title(key)}</span> <Value name={key} value={one} />
        </span>
      ))}
    </>
  )
}

export function Health({ ok, yes, no, plain = false }: { ok: boolean | null; yes: string; no: string; plain?: boolean }) {
  if (plain) return <>{ok ? yes : no}</>
  return <span class={`status ${ok === null ? '' : ok ? 'status-completed' : 'status-failed'}`}>{ok === null ? 'unknown' : ok ? `✓ ${yes}` : `✕ ${no}`}</span>
}

/** firstEventP50 → First event p50; windowSeconds → Window. */
export function title(name: string): string {
  // A value comes with its unit.
  const spaced = name.replace(/(?<=.)(Seconds|Ms|Bytes)$/, '').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return spaced[0]!.toUpperCase() + spaced.slice(1)
}
