// A binding that does as the model's or the gateway's name says: `throw:NAME:MESSAGE` throws, all else tells what it was asked.

export default function makeBinding() {
  return {
    async run(model, inputs, { signal, ...options }) {
      failIfTold(model);
      return Response.json({ model, inputs, options, signal: signal instanceof AbortSignal });
    },

    async fetch(url, { signal }) {
      return Response.json({ url, signal: signal instanceof AbortSignal });
    },

    gateway(id) {
      return {
        async run(entries, { signal, ...options }) {
          return Response.json({ id, entries, options, signal: signal instanceof AbortSignal });
        },
        async getLog(logId) {
          failIfTold(decodeURIComponent(logId));
          return { id, logId };
        },
        async patchLog(logId) {
          failIfTold(decodeURIComponent(logId));
        },
        async getUrl(provider) {
          return `https://${id}/${provider ?? "universal"}`;
        },
      };
    },
  };
}

function failIfTold(text) {
  const [, name, message] = /^throw:(\w+):(.*)$/s.exec(text) ?? [];
  if (name !== undefined) {
    throw Object.assign(new Error(message), { name });
  }
}
