/** The shapes of the service's HTTP API. What a server of another version leaves out is optional here. */

export type Status = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled'

export const statuses: readonly Status[] = ['queued', 'running', 'completed', 'failed', 'cancelled']

export type Phase = 'queued' | 'waiting' | 'dispatching' | 'streaming' | 'recovering' | 'stalled' | 'ended'

export interface Tokens {
  inputTokens: number | null
  outputTokens: number | null
  totalTokens: number | null
}

export interface RunError {
  code: string
  message: string | null
  status?: number | null
  recoverable?: boolean
  upstreamCode?: string
}

export interface Cost {
  amount: number
  currency: string
  asOf?: string | null
  /** False: a part of it is unknown, and it is at least so much. */
  complete?: boolean
  /** What attempts cost that the answer did not come from. */
  wasted?: number | null
}

export interface RunSummary {
  id: string
  status: Status
  model: string
  task: string
  tenant?: string | null
  metadata: Record<string, unknown>
  createdAt: string
  startedAt: string | null
  endedAt: string | null
  seq?: number
  incomplete: boolean
  incompleteReason?: string | null
  finishReason: string | null
  usage: Tokens | null
  error: RunError | null
  cost?: Cost | null
  attempts?: number
  reattaches?: number
  fallbacks?: number
  leg?: number
  phase?: Phase
  traceId?: string | null
}

export interface RunPage {
  runs: RunSummary[]
  next: string | null
}

export interface Attempt {
  attempt: number
  leg: number
  model: string
  transport: string
  resumable: boolean | null
  gatewayRunId: string | null
  gatewayLogId: string | null
  cacheStatus?: string | null
  startedAt: string | null
  firstEventAt: string | null
  endedAt: string | null
  events: number
  reattaches: number
  continuation?: string
  usage: Tokens | null
  cost?: Cost | null
  error: RunError | null
}

export interface ToolCall {
  index: number
  id: string | null
  name: string | null
  arguments: string
}

export interface Run extends Omit<RunSummary, 'attempts'> {
  seq: number
  eventOffset: number
  warnings: { code: string; message: string }[]
  output: {
    text: string
    reasoning: string | null
    toolCalls: ToolCall[]
    document?: { contentType: string; bytes: number }
  }
  attempts: Attempt[]
  /** There only while it waits for its turn. */
  queue?: {
    limit: string
    message: string
    leg: number
    model: string
    since: string
    expectedAt: string | null
    /** Null where another host has the run. */
    ahead: number | null
  }
  spec: unknown
}

export interface RunEvent {
  seq: number
  type: string
  attempt?: number
  [field: string]: unknown
}

export interface JournalEntry {
  number: number
  at: string
  kind: string
  attempt: number | null
  bytes: number
  summary: string
  data: unknown
}

export interface JournalPage {
  entries: JournalEntry[]
  next: number | string | null
  total: number
}

export interface Session {
  tenant: string | null
  roles: string[]
  expiresAt: string | null
  open: boolean
}

export interface RunFilter {
  status: Status[]
  model: string
  tenant: string
  metadata: Record<string, string>
  from: string
  to: string
  error: string
}

export interface ActOutcome {
  matched: number
  results: { id: string; outcome: string; error?: string | null }[]
  more: boolean
  /** Where to go on; null where there is nothing more. */
  next: string | null
}

export interface StatsPoint {
  at: string
  submitted: number
  completed: number
  failed: number
  cancelled: number
  active: number | null
  queued: number | null
  events: number
  inputTokens: number
  outputTokens: number
  reattaches: number
  fallbacks: number
  cost: Cost | number | null
  firstEventP50: number | null
  firstEventP99: number | null
}

export interface Attention extends RunSummary {
  why: 'stalled' | 'recovering' | 'queued-long' | 'circuit-open' | string
  since: string | null
}

export interface Stats {
  from: string
  to: string
  step: number | string
  by: string
  /** Whose runs these are; not there on a server of before. */
  hosts?: { all: number; silent: number }
  series: { key: string | null; points: StatsPoint[]; totals?: Partial<StatsPoint> }[]
  totals: Partial<StatsPoint>
  attention: Attention[]
}

/** What the service tells of itself; a part that this version does not know is shown as it comes. */
export interface SystemState {
  version: string
  host: string
  startedAt: string
  hosts: Record<string, unknown>[]
  journal: {
    provider: string
    commits?: { rate: number | null; p50: number | null; p99: number | null }
    events?: { rate: number | null }
    healthy: boolean
    [more: string]: unknown
  }
  limits: Record<string, unknown>[]
  queues: Record<string, unknown>[]
  circuits: { model: string; state: string; until: string | null; [more: string]: unknown }[]
  gateway: { kind: string; url: string | null; healthy: boolean | null; lastOk: string | null; lastError: unknown; [more: string]: unknown }
  memory: unknown
  runs: { active: number; queued: number; [more: string]: unknown }
}
