import { isObject, readJson } from "./body.js";
import { Refusal } from "./errors.js";

/** Where the binding's own fetch finds the gateway. */
const origin = "https://workers-binding.ai";

const runShape = 'The body is {"model": "…", "inputs": {…}, "options": {…}}.';
const universalShape = 'The body is [{"provider", "endpoint", "headers", "query"}, …].';

/**
 * The answer is returned as the object that the binding gave, never rebuilt: so its status, its headers and its body's stream
 * pass through untouched, and a stream that breaks breaks for the caller too.
 * @param {import("./routes.js").Call} call
 * @returns {Promise<Response>}
 */
export async function run({ ai, request }) {
  const body = await readJson(request, runShape);
  if (!isObject(body) || typeof body.model !== "string" || !isObject(body.inputs) || !isObject(body.options ?? {})) {
    throw new Refusal(400, "bad-body", runShape);
  }

  return ai.run(body.model, withAudio(body.inputs), { ...body.options, returnRawResponse: true, signal: request.signal });
}

/**
 * JSON has no bytes: audio that the binding wants as a stream (`{audio: {body, contentType}}`) comes as base64.
 * @param {Record<string, any>} inputs
 * @throws {Refusal} 400 when it is none.
 */
function withAudio(inputs) {
  const { audio } = inputs;
  if (!isObject(audio) || typeof audio.body !== "string") {
    return inputs;
  }

  try {
    const bytes = Uint8Array.from(atob(audio.body), (character) => character.charCodeAt(0));
    return { ...inputs, audio: { ...audio, body: new Blob([bytes]).stream() } };
  } catch {
    throw new Refusal(400, "bad-body", "inputs.audio.body is the audio in base64.");
  }
}

/**
 * @param {import("./routes.js").Call} call
 * @returns {Promise<Response>}
 */
export async function resume({ ai, request, url }) {
  const from = url.searchParams.get("from");
  if (from !== null && !/^\d+$/.test(from)) {
    throw new Refusal(400, "bad-query", "from is an event index: a number from 0.");
  }

  return ai.fetch(origin + url.pathname + url.search, { signal: request.signal });
}

/**
 * @param {import("./routes.js").Call} call
 * @returns {Promise<Response>}
 */
export async function runUniversal({ ai, request, segments: [gateway] }) {
  const entries = await readJson(request, universalShape);
  if (!Array.isArray(entries) || entries.length === 0 || !entries.every(isEntry)) {
    throw new Refusal(400, "bad-body", universalShape);
  }

  // The binding fails on an entry without headers.
  const complete = entries.map((entry) => ({ ...entry, headers: entry.headers ?? {} }));
  return ai.gateway(gateway).run(complete, { signal: request.signal });
}

/** @param {unknown} entry */
function isEntry(entry) {
  return isObject(entry) && typeof entry.provider === "string" && typeof entry.endpoint === "string" && isObject(entry.headers ?? {});
}
