import { isObject, readJson } from "./body.js";
import { Refusal } from "./errors.js";

const patchShape = 'The body is {"feedback", "score", "metadata"}, each of them optional.';

/**
 * @param {import("./routes.js").Call} call
 * @returns {Promise<Response>}
 */
export async function getLog({ ai, segments: [gateway, logId] }) {
  return Response.json(await ai.gateway(gateway).getLog(logId));
}

/**
 * @param {import("./routes.js").Call} call
 * @returns {Promise<Response>}
 */
export async function patchLog({ ai, request, segments: [gateway, logId] }) {
  const patch = await readJson(request, patchShape);
  if (!isObject(patch)) {
    throw new Refusal(400, "bad-body", patchShape);
  }

  await ai.gateway(gateway).patchLog(logId, patch);
  return new Response(null, { status: 204 });
}

/**
 * @param {import("./routes.js").Call} call
 * @returns {Promise<Response>}
 */
export async function getUrl({ ai, url, segments: [gateway] }) {
  const provider = url.searchParams.get("provider") || undefined;
  if (provider && !/^\w[\w.-]*$/.test(provider)) {
    throw new Refusal(400, "bad-query", "provider is a provider's name: letters, digits, '-', '_' and '.'.");
  }

  return Response.json(await ai.gateway(gateway).getUrl(provider));
}
