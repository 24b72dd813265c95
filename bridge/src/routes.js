import { Refusal } from "./errors.js";
import { getLog, getUrl, patchLog } from "./gateways.js";
import { resume, run, runUniversal } from "./runs.js";
import { aiSearch } from "./search.js";

/**
 * @typedef {object} Call
 * @property {any} ai The binding.
 * @property {Request} request
 * @property {URL} url
 * @property {string[]} segments What the route leaves open, still percent-encoded: the binding puts it into URLs as it is.
 */

/** @type {{ method: string, path: RegExp, handle: (call: Call) => Promise<Response> }[]} */
const routes = [
  { method: "POST", path: /^\/run$/, handle: run },
  { method: "POST", path: /^\/ai-search\/([^/]+)$/, handle: aiSearch },
  { method: "GET", path: /^\/ai-gateway\/gateways\/[^/]+\/run\/[^/]+\/resume$/, handle: resume },
  { method: "POST", path: /^\/gateways\/([^/]+)\/run$/, handle: runUniversal },
  { method: "GET", path: /^\/gateways\/([^/]+)\/logs\/([^/]+)$/, handle: getLog },
  { method: "PATCH", path: /^\/gateways\/([^/]+)\/logs\/([^/]+)$/, handle: patchLog },
  { method: "GET", path: /^\/gateways\/([^/]+)\/url$/, handle: getUrl },
];

/**
 * @param {string} method
 * @param {string} path
 * @throws {Refusal} 404 for a path that is none of ours, 405 for another method.
 */
export function route(method, path) {
  const known = routes.filter((one) => one.path.test(path));
  if (known.length === 0) {
    throw new Refusal(404, "unknown-route", `The bridge has no ${path}.`);
  }

  const found = known.find((one) => one.method === method);
  if (!found) {
    const allow = known.map((one) => one.method).join(", ");
    throw new Refusal(405, "method-not-allowed", `${path} takes ${allow}, not ${method}.`, { Allow: allow });
  }

  return { handle: found.handle, segments: /** @type {RegExpExecArray} */ (found.path.exec(path)).slice(1) };
}
