import { signal } from '@preact/signals'
import { ApiError, act, getJson, send, signedOut, useBearer } from '../api/http'
import type { Session } from '../api/types'

/** Null until the service has said who asks. */
export const session = signal<Session | null>(null)

/** Why it could not be found out. */
export const sessionProblem = signal<string | null>(null)

export function may(role: string): boolean {
  const known = session.value
  return known === null || known.open || known.roles.length === 0 || known.roles.includes(role)
}

export async function findSession(): Promise<void> {
  sessionProblem.value = null
  try {
    session.value = await getJson<Session>('/v1/session')
    signedOut.value = false
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure
    if (failure.status === 401) {
      session.value = null
      signedOut.value = true
    } else if (failure.isMissing) {
      await withoutSessions()
    } else {
      sessionProblem.value = failure.message
      // It may only just be starting.
      if (failure.status === 0 || failure.status >= 500) setTimeout(() => session.value === null && !signedOut.value && void findSession(), 3000)
    }
  }
}

/** @throws ApiError The key is not known, or the service is not there. */
export async function signIn(key: string): Promise<void> {
  try {
    await act('POST', '/v1/session', { key })
  } catch (failure) {
    if (!(failure instanceof ApiError) || !failure.isMissing) throw failure
    // A server without sessions takes the key with each call.
    useBearer(key)
    try {
      await send('/v1/runs?limit=1')
    } catch (refused) {
      useBearer(null)
      throw refused
    }
  }
  await findSession()
}

export async function signOut(): Promise<void> {
  useBearer(null)
  await act('DELETE', '/v1/session').catch(() => undefined)
  session.value = null
  signedOut.value = true
}

/** A server without `/v1/session`: whether it is open shows in whether it answers. */
async function withoutSessions(): Promise<void> {
  try {
    await send('/v1/runs?limit=1')
    session.value = { tenant: null, roles: [], expiresAt: null, open: false }
    signedOut.value = false
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure
    if (failure.status !== 401) sessionProblem.value = failure.message
  }
}
