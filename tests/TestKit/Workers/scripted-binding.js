// A binding that does as the model's name or the log's id says: `throw:NAME:MESSAGE` throws, `wait` does nothing until its caller is gone,
// `waits` tells how many waited and how many callers went. All else tells what it was asked.

let waits = 0;
let gone = 0;

export default function makeBinding() {
  return {
    async run(model, inputs, { signal, ...options }) {
      failIfTold(model);
      if (model === "waits") {
        return Response.json({ waits, gone });
      }

      if (model === "wait") {
        waits++;
        signal.addEventListener("abort", () => gone++);
        await scheduler.wait(3_600_000);
      }

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
