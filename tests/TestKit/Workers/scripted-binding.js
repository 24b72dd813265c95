// A binding that does as the model's name or the log's id says: `throw:NAME:MESSAGE` throws, `wait` does nothing until its caller is gone,
// `waits` tells how many waited and how many callers went. `compared` tells the lengths of all that the runtime's comparison in constant time
// was given, and `verdict:true` or `verdict:false` makes that its answer from then on. All else tells what it was asked.

let waits = 0;
let gone = 0;
let verdict;
const compared = [];

// The worker's own: a wrapped binding shares its globals.
const { timingSafeEqual } = SubtleCrypto.prototype;
SubtleCrypto.prototype.timingSafeEqual = function (left, right) {
  compared.push([left.byteLength, right.byteLength]);
  return verdict ?? timingSafeEqual.call(this, left, right);
};

export default function makeBinding() {
  return {
    async run(model, inputs, { signal, ...options }) {
      failIfTold(model);
      if (model === "waits") {
        return Response.json({ waits, gone });
      }

      if (model === "compared") {
        return Response.json(compared);
      }

      if (model.startsWith("verdict:")) {
        verdict = model === "verdict:true";
      }

      if (model === "wait") {
        waits++;
        signal.addEventListener("abort", () => gone++);
        await scheduler.wait(3_600_000);
      }

      if (inputs.audio?.body instanceof ReadableStream) {
        const bytes = new Uint8Array(await new Response(inputs.audio.body).arrayBuffer());
        return Response.json({ model, bytes: [...bytes], contentType: inputs.audio.contentType });
      }

      return Response.json({ model, inputs, options, signal: signal instanceof AbortSignal });
    },

    autorag(name) {
      return {
        async aiSearch(params) {
          failIfTold(decodeURIComponent(name));
          return { name, params };
        },
      };
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
