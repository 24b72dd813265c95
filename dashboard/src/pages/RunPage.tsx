import { useEffect, useMemo, useState } from 'preact/hooks'
import { ApiError, getJson } from '../api/http'
import type { JournalEntry, JournalPage, Run } from '../api/types'
import { cost, count, money, none } from '../format/number'
import { line, pairs, shortId } from '../format/text'
import { between, instant, moment } from '../format/time'
import { Answer } from '../parts/Answer'
import { AttemptTable } from '../parts/AttemptTable'
import { Copy } from '../parts/Copy'
import { Fact, Facts } from '../parts/Facts'
import { Feedback } from '../parts/Feedback'
import { GatewayLog } from '../parts/GatewayLog'
import { Journal } from '../parts/Journal'
import { Json } from '../parts/Json'
import { Link } from '../parts/Link'
import { Missing } from '../parts/Missing'
import { RunActions } from '../parts/RunActions'
import { Status } from '../parts/Status'
import { Tabs } from '../parts/Tabs'
import { Timeline } from '../parts/Timeline'
import { now } from '../state/clock'
import { RunWatch } from '../state/runWatch'

export function RunPage({ id }: { id: string }) {
  const watch = useMemo(() => new RunWatch(id), [id])
  useEffect(() => () => watch.close(), [watch])
  void watch.version.value
  const run = watch.run
  if (watch.problem.value !== null) {
    return (
      <Missing title={watch.problem.value.status === 404 ? 'There is no such run' : 'The run can not be read'} tone="bad">
        <p>{watch.problem.value.message}</p>
        <Link to="/runs">See all runs</Link>
      </Missing>
    )
  }
  if (run === null) return <p class="muted page-wait">Reading…</p>
  return <RunView run={run} watch={watch} />
}

function RunView({ run, watch }: { run: Run; watch: RunWatch }) {
  const live = watch.isLive
  const journal = useBreaks(run, watch)
  return (
    <div class="run-page">
      <div class="run-head">
        <nav class="crumbs" aria-label="Place">
          <Link to="/runs">Runs</Link>
          <span aria-hidden="true">/</span>
          <span class="mono" title={run.id}>
            {shortId(run.id)}
          </span>
          <Copy text={run.id} label="Copy the run's id" />
        </nav>
        <div class="run-title">
          <h1>{line(run.model)}</h1>
          <Status status={run.status} phase={run.phase} incomplete={run.incomplete} />
          <RunActions run={run} live={live} />
        </div>
      </div>
      {run.error && (
        <div class="banner banner-bad" role="alert">
          <strong>{line(run.error.code)}</strong> <span>{line(run.error.message ?? '', 1000)}</span>
        </div>
      )}
      {run.incomplete && (
        <div class="banner banner-warn">
          <strong>Incomplete.</strong> <span>A partial answer was accepted: {line(run.incompleteReason ?? 'unknown')}.</span>
        </div>
      )}
      {run.warnings.map((warning) => (
        <div key={warning.code} class="banner banner-warn">
          <strong>{line(warning.code)}</strong> <span>{line(warning.message, 600)}</span>
        </div>
      ))}
      <Timeline run={run} marks={watch.marks} journal={journal} />
      <div class="run-columns">
        <Answer run={run} watch={watch} />
        <aside class="card" aria-label="Facts">
          <RunFacts run={run} live={live} />
        </aside>
      </div>
      <Tabs
        label="More of the run"
        tabs={[
          { id: 'attempts', name: 'Attempts', render: () => <AttemptTable attempts={run.attempts} /> },
          { id: 'journal', name: 'Journal', render: () => <Journal id={run.id} /> },
          { id: 'spec', name: 'Spec', render: () => <Json value={run.spec} label="Spec" /> },
          { id: 'log', name: 'Gateway log', render: () => <GatewayLog id={run.id} /> },
          { id: 'feedback', name: 'Feedback', render: () => <Feedback id={run.id} /> },
        ]}
      />
    </div>
  )
}

function RunFacts({ run, live }: { run: Run; live: boolean }) {
  const first = run.attempts.find((attempt) => attempt.firstEventAt)
  const wasted = run.cost?.wasted
  return (
    <Facts>
      <Fact name="Created" title={instant(run.createdAt)}>
        {moment(run.createdAt)}
      </Fact>
      <Fact name="Took">{live ? between(run.createdAt, null, now.value) : between(run.createdAt, run.endedAt, 0)}</Fact>
      <Fact name="First event">{first ? between(run.createdAt, first.firstEventAt, 0) : none}</Fact>
      <Fact name="Finish">{line(run.finishReason ?? none)}</Fact>
      <Fact name="Tokens in">{count(run.usage?.inputTokens)}</Fact>
      <Fact name="Tokens out">{count(run.usage?.outputTokens)}</Fact>
      <Fact name="Cost" title={run.cost?.asOf ? `Prices as of ${run.cost.asOf}` : 'There is no price for this model'}>
        {cost(run.cost)}
      </Fact>
      {wasted ? <Fact name="of it wasted" title="Retries and fall-backs">{money(wasted, run.cost!.currency)}</Fact> : null}
      <Fact name="Events">{count(run.seq)}</Fact>
      <Fact name="Re-attaches">{count(run.attempts.reduce((sum, attempt) => sum + attempt.reattaches, 0))}</Fact>
      <Fact name="Task">{line(run.task)}</Fact>
      <Fact name="Metadata">{Object.keys(run.metadata).length > 0 ? line(pairs(run.metadata), 400) : none}</Fact>
      <Fact name="Trace">
        {run.traceId ? (
          <span class="mono id" title={run.traceId}>
            {line(run.traceId, 12)}
            <Copy text={run.traceId} label="Copy the trace id" />
          </span>
        ) : (
          none
        )}
      </Fact>
    </Facts>
  )
}

/** The breaks that the journal knows of, with their times: read when the page opens, and whenever one was seen. */
function useBreaks(run: Run, watch: RunWatch): JournalEntry[] | null {
  const [entries, setEntries] = useState<JournalEntry[] | null>(null)
  const seen = watch.marks.filter((mark) => mark.kind === 'detached' || mark.kind === 'reattached').length
  // An attempt may have lost its connection for good: what it is told to have failed of is where that ended.
  const known = run.attempts.some((attempt) => attempt.reattaches > 0 || (attempt.firstEventAt && attempt.error)) || seen > 0
  useEffect(() => {
    if (!known) return
    const stop = new AbortController()
    Promise.all(['attempt.detached', 'attempt.reattached'].map((kind) => getJson<JournalPage>(`/v1/runs/${run.id}/journal?limit=200&q=${kind}`, stop.signal)))
      .then((pages) => setEntries(pages.flatMap((page) => page.entries).sort((a, b) => a.number - b.number)))
      .catch((failure: unknown) => {
        if (!(failure instanceof ApiError) && !stop.signal.aborted) throw failure
      })
    return () => stop.abort()
  }, [run.id, known, seen, watch.isLive])
  return entries
}
