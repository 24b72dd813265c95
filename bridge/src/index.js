import { fromBinding, Refusal } from "./errors.js";
import { route } from "./routes.js";
import { requireSecret } from "./secret.js";

/**
 * @typedef {object} Env
 * @property {any} AI The binding that `wrangler.jsonc` asks for.
 * @property {string} [BRIDGE_SECRET] What callers send as their bearer token.
 */

export default {
  /**
   * @param {Request} request
   * @param {Env} env
   * @returns {Promise<Response>}
   */
  async fetch(request, env) {
    try {
      await requireSecret(request, env.BRIDGE_SECRET);
      const url = new URL(request.url);
      const { handle, segments } = route(request.method, url.pathname);
      return await handle({ ai: env.AI, request, url, segments });
    } catch (error) {
      return error instanceof Refusal ? error.toResponse() : fromBinding(error);
    }
  },
};
