import { isObject, readJson } from "./body.js";
import { Refusal } from "./errors.js";

const searchShape = 'The body is {"query": "…", …}, and it asks for no stream.';

/**
 * The answer of an AI Search and its sources.
 * @param {import("./routes.js").Call} call
 * @returns {Promise<Response>}
 */
export async function aiSearch({ ai, request, segments: [name] }) {
  const body = await readJson(request, searchShape);
  if (!isObject(body) || typeof body.query !== "string" || body.stream) {
    throw new Refusal(400, "bad-body", searchShape);
  }

  return Response.json(await ai.autorag(name).aiSearch(body));
}
