import { Refusal } from "./errors.js";

/**
 * @param {Request} request
 * @param {string} shape What the body should have been, for the one who sent it.
 * @returns {Promise<unknown>}
 * @throws {Refusal} 400 when the body is not JSON.
 */
export async function readJson(request, shape) {
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(400, "bad-json", `The body is not JSON. ${shape}`);
  }
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
