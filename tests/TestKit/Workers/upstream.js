// What stands behind the binding `AI` in production. The runtime's own binding calls it, and it asks the emulator, which speaks the
// bridge's HTTP surface and not the binding's.

const ownHeaders = new Set(["content-length", "content-type", "host"]);

export default {
  async fetch(request, env) {
    const { pathname, search } = new URL(request.url);
    const ask = (path, init) => env.EMULATOR.fetch("http://emulator" + path, { ...init, signal: request.signal });
    const [, kind, gateway, rest] = /^\/ai-gateway\/(gateways|universal\/run)\/([^/]+)(.*)$/.exec(pathname) ?? [];

    if (/^(\/ai-gateway)?\/run$/.test(pathname)) {
      return ask("/run", { method: "POST", body: JSON.stringify(await runBody(request)) });
    }

    if (kind === "universal/run") {
      return ask(`/gateways/${gateway}/run`, { method: "POST", body: await request.text() });
    }

    if (rest?.endsWith("/resume")) {
      return ask(pathname + search);
    }

    if (rest?.startsWith("/logs/")) {
      const body = request.method === "PATCH" ? await request.text() : undefined;
      return enveloped(await ask(`/gateways/${gateway}${rest}`, { method: request.method, body }));
    }

    if (rest?.startsWith("/url/")) {
      const provider = rest.slice("/url/".length);
      return enveloped(await ask(`/gateways/${gateway}/url?provider=${provider === "universal" ? "" : provider}`), (url) => ({ url }));
    }

    return new Response(`Nothing is known of ${request.method} ${pathname}.`, { status: 501 });
  },
};

async function runBody(request) {
  const { inputs, options } = await request.json();
  const extraHeaders = [...request.headers].filter(([name]) => !ownHeaders.has(name) && !name.startsWith("cf-consn-"));
  return {
    model: request.headers.get("cf-consn-model-id"),
    inputs,
    options: { gateway: options.gateway, extraHeaders: Object.fromEntries(extraHeaders) },
  };
}

async function enveloped(response, result = (value) => value) {
  return response.ok ? Response.json({ success: true, result: result(await response.json()), errors: [], messages: [] }) : response;
}
