using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestrator.Emulator.Logs;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Structured;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Runs;

/// <summary>Decides what becomes of a dispatch, and starts the run when the model answers.</summary>
internal sealed class Dispatcher(
    TimeProvider time, SettingsSource settings, RunStore runs, RunIds ids, LogStore logs, Ledger ledger, Occasions occasions,
    AnswerCache cache, RateLimits rates)
{
    /// <exception cref="BadSettingException">The model's name carries a key or value that does not exist; nothing was counted.</exception>
    public DispatchOutcome Dispatch(DispatchRequest request)
    {
        var own = settings.For(request.Model);
        request = request with { Cache = request.Cache?.Or(settings.CacheTtl) };
        var inputs = Mix.Of(request.Inputs.ValueKind == JsonValueKind.Undefined ? [] : JsonMarshal.GetRawUtf8Value(request.Inputs));
        var cacheKey = AnswerCache.KeyOf(request, inputs);
        if (request.Cache is { Looks: true } && cache.Find(cacheKey) is { } cached)
        {
            return FromCache(request, cached);
        }

        ledger.OnDispatch(request.Model, request.Key);
        var holdUntil = time.GetTimestamp() + (own.HoldMs * time.TimestampFrequency / 1000);
        var wire = Wire.For(own.Wire ?? request.Wire);
        var conversation = Conversation.Read(request.Inputs);
        var occasion = occasions.Next(request.Model.AsSent, inputs);
        var logId = ids.Next();
        var shownLogId = request.CollectLog ? logId : null;

        if (own.Refuse?.StrikesAt(occasion) == true || (own.Status is { Value: SettingValue.Reset } reset && reset.StrikesAt(occasion)))
        {
            Log(request, logId, 0, null);
            return new DispatchOutcome.Refused(shownLogId, holdUntil);
        }

        if (FailureOf(request, own, wire, conversation, occasion) is { } failure)
        {
            Log(request, logId, failure.Status, null);
            return new DispatchOutcome.Failed(shownLogId, holdUntil, failure);
        }

        var answer = Answer.To(request.Model, own, conversation, inputs);
        answer = answer with
        {
            Text = StructuredText(request.Inputs, answer.Identity, own.Mismatch?.StrikesAt(occasion) == true) ?? answer.Text,
            Occasion = occasion,
            Asked = wire.Streams || request.Inputs.ValueKind == JsonValueKind.Undefined ? default : request.Inputs.Clone(),
        };
        var stream = request.Stream && !own.NonStream && wire.Streams;
        EmulatedRun run = new(time, own, wire, answer)
        {
            Id = ids.Next(),
            LogId = logId,
            Gateway = request.Gateway,
            Model = request.Model,
            Key = request.Key,
            Resumable = stream && request.GivesRunId && !request.Model.IsWorkersAi,
        };
        runs.Add(run);
        Log(request, logId, 200, answer);
        if (request.Cache is { Keeps: true, TtlSeconds: { } ttl })
        {
            cache.Keep(cacheKey, new CachedAnswer(own, wire, answer, stream, time.GetTimestamp() + (ttl * time.TimestampFrequency)));
        }

        return new DispatchOutcome.Answered(shownLogId, holdUntil, run, stream);
    }

    /// <summary>The same bytes at once, without the model: it is no dispatch, and can not be resumed.</summary>
    private DispatchOutcome.Answered FromCache(DispatchRequest request, CachedAnswer cached)
    {
        var logId = ids.Next();
        EmulatedRun run = new(time, cached.Settings with { Rate = 0, FirstMs = 0 }, cached.Wire, cached.Answer)
        {
            Id = ids.Next(),
            LogId = logId,
            Gateway = request.Gateway,
            Model = request.Model,
            Key = request.Key,
            Resumable = false,
        };
        if (request.CollectLog)
        {
            logs.Add(GatewayLog.Of(logId, request, 200, cached.Answer, time.GetUtcNow()) with { Cached = true });
        }

        return new DispatchOutcome.Answered(request.CollectLog ? logId : null, time.GetTimestamp(), run, cached.Stream, Cached: true);
    }

    /// <summary>Null: no schema is asked for.</summary>
    private static Text? StructuredText(JsonElement inputs, ulong key, bool mismatch)
    {
        const int CharsPerPiece = 6;
        return ResponseSchema.Of(inputs) is { } schema
            ? Text.Of(mismatch ? ResponseSchema.Mismatch : new SchemaSample(schema, key).Write(), CharsPerPiece)
            : null;
    }

    private GatewayFailure? FailureOf(DispatchRequest request, RunSettings own, Wire wire, Conversation conversation, int occasion)
    {
        if (!request.InCatalog)
        {
            return Failures.NotInCatalog(request.Model.Slug);
        }

        if (own.Limit is { } limit && rates.Refuse(request.Model.Slug, limit, own.WindowMs) is { } retryAfter)
        {
            return Failures.OfStatus(429, wire, request.Model.Slug) with { RetryAfter = retryAfter };
        }

        if (own.Status is { } status && status.StrikesAt(occasion))
        {
            return Failures.OfStatus((int)status.Value, wire, request.Model.Slug) with { RetryAfter = own.RetryAfter };
        }

        if (own.ContextLength?.StrikesAt(occasion) == true)
        {
            return Failures.ContextLength(wire);
        }

        if (own.Filter?.StrikesAt(occasion) == true)
        {
            return Failures.ContentFilter(wire);
        }

        if (wire.Lacks(request.Inputs) is { } lacking)
        {
            return Failures.Lacking(wire, lacking);
        }

        if (wire.Streams && conversation.HasBadPicture)
        {
            return Failures.BadPicture(wire);
        }

        if (conversation is { EndsWithAssistant: false, Answered.Length: > 0 } && own.RefuseGoOn?.StrikesAt(occasion) == true)
        {
            return Failures.GoOn(wire);
        }

        return conversation.EndsWithAssistant && own.RefusePrefill?.StrikesAt(occasion) == true ? Failures.Prefill(wire) : null;
    }

    private void Log(DispatchRequest request, string logId, int status, Answer? answer)
    {
        if (request.CollectLog)
        {
            logs.Add(GatewayLog.Of(logId, request, status, answer, time.GetUtcNow()));
        }
    }
}
