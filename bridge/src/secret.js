import { Refusal } from "./errors.js";

const encoder = new TextEncoder();

/**
 * Without a secret of its own the bridge is closed, not open.
 * @param {Request} request
 * @param {string | undefined} secret
 * @throws {Refusal} 401 unless the request carries the secret as its bearer token.
 */
export async function requireSecret(request, secret) {
  if (!secret) {
    throw unauthorized("The bridge has no secret: set it with `npx wrangler secret put BRIDGE_SECRET`.");
  }

  const [, token] = /^Bearer +(.+)$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  if (token === undefined || !(await isSame(token, secret))) {
    throw unauthorized("Send the bridge's secret: `Authorization: Bearer <secret>`.");
  }
}

/**
 * In constant time. Digests are compared, since they are of one length whatever was sent.
 * @param {string} given
 * @param {string} expected
 */
async function isSame(given, expected) {
  const [left, right] = await Promise.all(
    [given, expected].map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))),
  );
  return crypto.subtle.timingSafeEqual(left, right);
}

/** @param {string} message */
function unauthorized(message) {
  return new Refusal(401, "unauthorized", message, { "WWW-Authenticate": "Bearer" });
}
