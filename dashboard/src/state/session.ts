import { signal } from '@preact/signals'
import { ApiError, act, getJson, send, signedOut, useBearer } from '../api/http'
import type { Session } from '../api/types'
import { say } from './notices'

/** Null until the service has said who asks. */
export const session = signal<Session | null>(null)

/** True once the person signed out, until the next session. */
export const left = signal(false)

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
    left.value = false
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

/** Nobody is told to be signed out while the browser still has the session. */
export async function signOut(): Promise<void> {
  try {
    await act('DELETE', '/v1/session')
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure
    if (!failure.isMissing) {
      say(`You are still signed in: ${failure.message} Sign out once more.`, 'bad')
      return
    }
  }
  useBearer(null)
  session.value = null
  left.value = true
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
