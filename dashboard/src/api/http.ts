import { signal } from '@preact/signals'
import { connectionMade } from '../state/connection'

/** Where the service is: the dashboard may be served below a path of another site. */
export const root = location.pathname.slice(0, Math.max(0, location.pathname.indexOf('/dashboard')))

/** What the service answered instead of what was asked for. `status` 0: it did not answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail)
  }

  /** The server is of a version that does not have what was asked for. */
  get isMissing(): boolean {
    return this.status === 404 || this.status === 405 || this.status === 501
  }
}

/** True once the service has said that it does not know who asks. */
export const signedOut = signal(false)

/** For a server without sessions: the key, in this tab's memory alone. */
let bearer: string | null = null

export function useBearer(key: string | null): void {
  bearer = key
}

export function headers(more: Record<string, string> = {}): Record<string, string> {
  return bearer === null ? more : { ...more, Authorization: `Bearer ${bearer}` }
}

/** @throws ApiError */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response
  try {
    response = await fetch(root + path, {
      ...init,
      headers: headers({ Accept: 'application/json', ...(init.headers as Record<string, string> | undefined) }),
      credentials: 'same-origin',
      cache: 'no-store',
    })
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw new ApiError(0, 'unreachable', 'The service does not answer.')
  }

  if (response.status < 500) connectionMade()
  if (response.ok) return response
  throw await refusal(response, path)
}

/** Also notes that the session is over. */
export async function refusal(response: Response, path: string): Promise<ApiError> {
  if (response.status === 401 && !path.startsWith('/v1/session')) signedOut.value = true
  const problem = (await response.json().catch(() => null)) as { code?: string; detail?: string; title?: string; errors?: { message?: string }[] } | null
  const detail = problem?.detail ?? problem?.title ?? `The service answered ${response.status}.`
  return new ApiError(response.status, problem?.code ?? String(response.status), detail)
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, signal ? { signal } : {})
  return (await response.json()) as T
}

/** @param body Sent as JSON; nothing is sent where it is undefined. */
export function act(method: 'POST' | 'DELETE', path: string, body?: unknown, more: Record<string, string> = {}): Promise<Response> {
  return send(path, {
    method,
    headers: { 'X-Orchestrator-Csrf': '1', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
