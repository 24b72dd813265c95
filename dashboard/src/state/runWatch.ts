import { signal } from '@preact/signals'
import { follow } from '../api/follow'
import { ApiError, getJson } from '../api/http'
import type { ServerEvent } from '../api/sse'
import type { Attempt, Run, RunError, RunEvent, Status, Tokens, ToolCall } from '../api/types'
import { TextLog } from './textLog'
import { untilRetry, connectionLost } from './connection'

/** Something that happened to an attempt besides its output. */
export interface Mark {
  seq: number
  kind: 'attached' | 'detached' | 'reattached' | 'failed' | 'reset'
  attempt: number
  /** When it was seen here; null for what the run's own times tell. */
  at: string | null
  reason: string | null
  gapMs: number | null
  offset: number | null
}

/**
 * A run as it goes on: what it was when it was opened, and every event since, through broken connections. Output goes into logs of its
 * own; `version` moves at most once a frame, however many events come.
 */
export class RunWatch {
  readonly version = signal(0)
  readonly problem = signal<ApiError | null>(null)
  readonly text = new TextLog()
  readonly reasoning = new TextLog()
  readonly toolCalls: ToolCall[] = []
  readonly marks: Mark[] = []
  run: Run | null = null

  private readonly stop = new AbortController()
  private frame = 0

  constructor(readonly id: string) {
    void this.watch()
  }

  get isLive(): boolean {
    return this.run !== null && (this.run.status === 'queued' || this.run.status === 'running')
  }

  close(): void {
    this.stop.abort()
    cancelAnimationFrame(this.frame)
  }

  /** Reads the run anew, for what events do not tell. */
  async reload(): Promise<void> {
    const run = await getJson<Run>(`/v1/runs/${this.id}`, this.stop.signal)
    this.take(run)
  }

  private async watch(): Promise<void> {
    for (let failures = 0; !this.stop.signal.aborted; failures++) {
      try {
        await this.reload()
        if (this.isLive) await this.tail()
        return
      } catch (failure) {
        if (this.stop.signal.aborted) return
        if (!(failure instanceof ApiError)) throw failure
        if (failure.status !== 0 && failure.status < 500) {
          this.problem.value = failure
          return
        }
        connectionLost()
        await untilRetry(failures, this.stop.signal)
      }
    }
  }

  private async tail(): Promise<void> {
    const run = this.run!
    await follow({
      path: (cursor) => `/v1/runs/${this.id}/events?after=${cursor ?? run.seq}`,
      cursor: String(run.seq),
      signal: this.stop.signal,
      onEvents: (events) => this.apply(events),
      onEnd: () => this.isLive,
    })
    // Times to the millisecond, costs, and what else is settled at the end.
    await this.reload()
  }

  private take(run: Run): void {
    this.run = run
    if (this.text.toString() !== run.output.text) this.text.replace(run.output.text)
    if (this.reasoning.toString() !== (run.output.reasoning ?? '')) this.reasoning.replace(run.output.reasoning ?? '')
    this.toolCalls.splice(0, this.toolCalls.length, ...run.output.toolCalls)
    this.moved()
  }

  private apply(events: ServerEvent[]): void {
    for (const event of events) {
      const data = JSON.parse(event.data) as RunEvent
      const run = this.run
      if (run === null || data.seq <= run.seq) continue
      run.seq = data.seq
      this.fold(run, data)
    }
    this.moved()
  }

  private fold(run: Run, event: RunEvent): void {
    const attempt = run.attempts.find((one) => one.attempt === event.attempt)
    switch (event.type) {
      case 'attempt.started':
        run.status = 'running'
        run.startedAt ??= event['startedAt'] as string
        if (!attempt) run.attempts.push(started(event))
        break
      case 'attempt.attached':
        if (attempt) attached(attempt, event)
        this.mark(event, 'attached', null)
        break
      case 'attempt.detached':
        run.phase = 'recovering'
        this.mark(event, 'detached', new Date().toISOString())
        break
      case 'attempt.reattached':
        if (attempt) attempt.reattaches++
        delete run.phase
        this.mark(event, 'reattached', new Date().toISOString())
        break
      case 'attempt.failed':
        if (attempt) {
          delete run.phase
          attempt.error = event['error'] as RunError
          attempt.endedAt = new Date().toISOString()
        }
        this.mark(event, 'failed', new Date().toISOString())
        break
      case 'output.delta':
        this.text.append(event['text'] as string)
        began(attempt)
        break
      case 'reasoning.delta':
        this.reasoning.append(event['text'] as string)
        began(attempt)
        break
      case 'tool_call.delta':
        this.toolCall(event)
        began(attempt)
        break
      case 'output.result':
        run.output.document = { contentType: event['contentType'] as string, bytes: event['bytes'] as number }
        break
      case 'output.reset':
        this.text.replace('')
        this.reasoning.replace('')
        this.toolCalls.length = 0
        this.mark(event, 'reset', new Date().toISOString())
        break
      case 'usage':
        run.usage = event['usage'] as Tokens
        if (attempt) attempt.usage = run.usage
        break
      case 'warning':
        run.warnings.push({ code: event['code'] as string, message: event['message'] as string })
        break
      case 'run.completed':
      case 'run.failed':
      case 'run.cancelled':
        ended(run, event)
        break
    }
  }

  private mark(event: RunEvent, kind: Mark['kind'], at: string | null): void {
    this.marks.push({
      seq: event.seq,
      kind,
      attempt: event.attempt ?? 0,
      at,
      reason: (event['reason'] as string | undefined) ?? null,
      gapMs: (event['gapMs'] as number | undefined) ?? null,
      offset: (event['offset'] as number | undefined) ?? null,
    })
  }

  private toolCall(event: RunEvent): void {
    const index = event['index'] as number
    let call = this.toolCalls.find((one) => one.index === index)
    if (!call) {
      call = { index, id: null, name: null, arguments: '' }
      this.toolCalls.push(call)
    }
    call.id = (event['id'] as string | undefined) ?? call.id
    call.name = (event['name'] as string | undefined) ?? call.name
    call.arguments += event['arguments'] as string
  }

  private moved(): void {
    if (this.frame !== 0) return
    const now = () => {
      this.frame = 0
      this.version.value++
    }
    // A page that is not seen gets no frames, and must not fall behind what it will show.
    this.frame = document.hidden ? (setTimeout(now, 250), -1) : requestAnimationFrame(now)
  }
}

function started(event: RunEvent): Attempt {
  return {
    attempt: event.attempt!,
    leg: event['leg'] as number,
    model: event['model'] as string,
    transport: event['transport'] as string,
    resumable: null,
    gatewayRunId: null,
    gatewayLogId: null,
    startedAt: event['startedAt'] as string,
    firstEventAt: null,
    endedAt: null,
    events: 0,
    reattaches: 0,
    ...(event['continuation'] ? { continuation: event['continuation'] as string } : {}),
    usage: null,
    error: null,
  }
}

function attached(attempt: Attempt, event: RunEvent): void {
  attempt.gatewayRunId = event['gatewayRunId'] as string | null
  attempt.gatewayLogId = event['gatewayLogId'] as string | null
  attempt.cacheStatus = event['cacheStatus'] as string | null
  attempt.resumable = event['resumable'] as boolean
  attempt.model = (event['model'] as string | undefined) ?? attempt.model
}

function began(attempt: Attempt | undefined): void {
  if (!attempt) return
  attempt.events++
  attempt.firstEventAt ??= new Date().toISOString()
}

function ended(run: Run, event: RunEvent): void {
  run.status = event['status'] as Status
  delete run.phase
  run.finishReason = event['finishReason'] as string | null
  run.incomplete = event['incomplete'] as boolean
  run.incompleteReason = event['incompleteReason'] as string | null
  run.usage = (event['usage'] as Tokens | null) ?? run.usage
  run.error = event['error'] as RunError | null
  run.attempts = event['attempts'] as Attempt[]
  run.endedAt = new Date().toISOString()
}
