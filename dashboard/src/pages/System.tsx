import type { ComponentChildren } from 'preact'
import type { SystemState } from '../api/types'
import { bytes, compact, count, none } from '../format/number'
import { line } from '../format/text'
import { between, duration, instant, moment } from '../format/time'
import { Fact, Facts } from '../parts/Facts'
import { Missing, NoSuchCall } from '../parts/Missing'
import { Health, Records, Value, title } from '../parts/Records'
import { usePoll } from '../parts/usePoll'
import { now } from '../state/clock'

export function System() {
  const { value: system, problem } = usePoll<SystemState>('/v1/system', 4000)
  return (
    <>
      <div class="page-head">
        <h1>System</h1>
      </div>
      {problem?.isMissing && <NoSuchCall call="/v1/system" />}
      {problem && !problem.isMissing && (
        <Missing title="The system can not be read" tone="bad">
          {problem.message}
        </Missing>
      )}
      {system === null && !problem && <p class="muted page-wait">Reading…</p>}
      {system && <Parts system={system} />}
    </>
  )
}

function Parts({ system }: { system: SystemState }) {
  const { journal, gateway, circuits } = system
  return (
    <div class="system">
      <Part name="Service">
        <Facts>
          <Fact name="Version">{line(system.version)}</Fact>
          <Fact name="Host">{line(system.host)}</Fact>
          <Fact name="Up" title={instant(system.startedAt)}>
            {between(system.startedAt, null, now.value)}
          </Fact>
          <Fact name="Active runs">{count(system.runs.active)}</Fact>
          <Fact name="Queued runs">{count(system.runs.queued)}</Fact>
          <Rest of={system.runs} but={['active', 'queued']} />
          {typeof system.memory === 'object' && system.memory !== null ? (
            <Rest of={named(system.memory as Record<string, unknown>)} but={[]} memory />
          ) : (
            <Fact name="Memory">{bytes(system.memory as number | null)}</Fact>
          )}
        </Facts>
      </Part>
      <Part name="Journal" ok={journal.healthy}>
        <Facts>
          <Fact name="Provider">{line(journal.provider)}</Fact>
          <Fact name="Commits">{journal.commits?.rate === null || journal.commits === undefined ? none : `${compact(journal.commits.rate)} /s`}</Fact>
          <Fact name="Commit p50">{journal.commits?.p50 === null || journal.commits === undefined ? none : duration(journal.commits.p50 * 1000)}</Fact>
          <Fact name="Commit p99">{journal.commits?.p99 === null || journal.commits === undefined ? none : duration(journal.commits.p99 * 1000)}</Fact>
          <Fact name="Events">{journal.events?.rate === null || journal.events === undefined ? none : `${compact(journal.events.rate)} /s`}</Fact>
          <Rest of={journal} but={['provider', 'commits', 'events', 'healthy']} />
        </Facts>
      </Part>
      <Part name="Gateway" ok={gateway.healthy}>
        <Facts>
          <Fact name="Kind">{line(gateway.kind)}</Fact>
          {gateway.url !== null && <Fact name="Address">{line(gateway.url)}</Fact>}
          <Fact name="Last answer" title={instant(gateway.lastOk)}>
            {moment(gateway.lastOk)}
          </Fact>
          <Fact name="Last error">
            <LastError error={gateway.lastError} />
          </Fact>
          <Rest of={gateway} but={['kind', 'url', 'healthy', 'lastOk', 'lastError']} />
        </Facts>
      </Part>
      <Part name="Hosts" wide>
        <Records rows={system.hosts} label="Hosts" empty="This host alone." />
      </Part>
      <Part name="Circuits">
        <Records rows={circuits} label="Circuits" empty="All closed: no model is held back." />
      </Part>
      <Part name="Limits">
        <Records rows={system.limits} label="Limits" empty="No limits are set." />
      </Part>
      <Part name="Queues">
        <Records rows={system.queues} label="Queues" empty="Nothing waits." />
      </Part>
    </div>
  )
}

/** What it was, then whose, then when: each may be long. */
function LastError({ error }: { error: unknown }) {
  if (typeof error !== 'object' || error === null) return <Value name="lastError" value={error} />
  const { code, model, at, ...more } = error as Record<string, unknown>
  return (
    <span class="trouble">
      {typeof code === 'string' && <strong>{line(code, 80)}</strong>}
      {typeof model === 'string' && <span>{line(model, 160)}</span>}
      {typeof at === 'string' && (
        <span class="muted" title={instant(at)}>
          {moment(at)}
        </span>
      )}
      {Object.keys(more).length > 0 && <Value name="lastError" value={more} />}
    </span>
  )
}

/** residentBytes → residentMemory: beside other facts they must say what they are of. */
function named(memory: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(memory).map(([name, value]) => [`${name.replace(/(Bytes|Memory)$/, '')}Memory`, value]))
}

function Part({ name, ok, wide = false, children }: { name: string; ok?: boolean | null; wide?: boolean; children: ComponentChildren }) {
  return (
    <section class={`card${wide ? ' wide' : ''}`} aria-label={name}>
      <div class="card-head">
        <h2>{name}</h2>
        {ok !== undefined && <Health ok={ok} yes="healthy" no="not healthy" />}
      </div>
      {children}
    </section>
  )
}

/** Fields that this version of the pages does not know. */
function Rest({ of, but, memory = false }: { of: Record<string, unknown>; but: string[]; memory?: boolean }) {
  return (
    <>
      {Object.entries(of)
        .filter(([name, value]) => !but.includes(name) && value !== null)
        .map(([name, value]) => (
          <Fact key={name} name={title(name)}>
            <Value name={memory && typeof value === 'number' && value > 4096 ? 'bytes' : name} value={value} />
          </Fact>
        ))}
    </>
  )
}
