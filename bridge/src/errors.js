/** A request that the bridge itself answers: nothing was asked of the binding. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code For programs.
   * @param {string} message For people: it names the fix.
   * @param {Record<string, string>} [headers]
   */
  constructor(status, code, message, headers) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  toResponse() {
    return failure(this.status, this.code, this.message, this.headers);
  }
}

/** The statuses that stand behind the codes which the binding's errors carry instead of one. */
const statusOfCode = new Map(
  Object.entries({
    400: [2001, 3003, 3039, 5004, 5007],
    401: [2009],
    402: [2021],
    403: [3023, 3041, 5016, 5018],
    404: [3042, 7003],
    405: [5005, 5019],
    408: [3007, 3008],
    413: [3006],
    429: [3036, 3040],
  }).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)])),
);

const statusOfName = new Map([
  ["AiGatewayLogNotFound", 404],
  ["AutoRAGNotFoundError", 404],
  ["AutoRAGUnauthorizedError", 401],
]);

/**
 * What the binding threw, as an answer: its code (`3040: Capacity temporarily exceeded`, or in an error document that it did not
 * know how to read) or its name tells the status. The rest is 502: the gateway gave no answer that the binding understood.
 * @param {unknown} error
 */
export function fromBinding(error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const { code, text } = fromDocument(message) ?? { code: codeOf(message), text: message };
  const status = statusOfCode.get(code ?? 0) ?? statusOfName.get(name);
  if (status === undefined) {
    console.error(error);
  }

  return failure(status ?? 502, code ?? name, text);
}

/** @param {string} message */
function codeOf(message) {
  const found = /^(\d{4}): /.exec(message);
  return found ? Number(found[1]) : undefined;
}

/** @param {string} message */
function fromDocument(message) {
  try {
    const { errors, error } = JSON.parse(message);
    const first = errors?.[0] ?? error[0];
    return { code: Number(first.code) || undefined, text: String(first.message) };
  } catch {
    return undefined;
  }
}

/**
 * In the envelope of Cloudflare's API.
 * @param {number} status
 * @param {number | string} code
 * @param {string} message
 * @param {Record<string, string>} [headers]
 */
function failure(status, code, message, headers) {
  return Response.json({ success: false, result: null, errors: [{ code, message }], messages: [] }, { status, headers });
}
