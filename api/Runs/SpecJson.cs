using System.Text.Json;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Runs;

/// <summary>
/// Writes what was asked for, in the shape it is asked in, with defaults filled in. Values of extra headers are null: submitted again,
/// they are refused by name instead of being sent wrong.
/// </summary>
internal static class SpecJson
{
    public static void Write(Utf8JsonWriter json, RunSpec spec, RunInputs inputs)
    {
        json.WriteStartObject();
        json.WriteString("model", spec.Model);
        json.WritePropertyName("input");
        WriteRaw(json, inputs.Default);
        json.WriteString("task", spec.Task);
        if (spec.N is { } n)
        {
            json.WriteNumber("n", n);
        }

        WriteFallback(json, spec.Fallback, inputs);
        WriteRetry(json, spec.Retry);
        WriteFlag(json, "resume", spec.Resume);
        json.WriteString("onResumeExpired", ChoiceNames.Of(ChoiceNames.StreamPolicies, (StreamPolicy?)spec.OnResumeExpired));
        json.WriteString("onStreamFailure", ChoiceNames.Of(ChoiceNames.StreamPolicies, spec.OnStreamFailure));
        json.WriteString("transport", spec.Transport);
        WriteGateway(json, spec.Gateway);
        json.WriteBoolean("byok", spec.Byok);
        json.WriteString("byokAlias", spec.ByokAlias);
        WriteFlag(json, "zdr", spec.Zdr);
        json.WriteStartObject("extraHeaders");
        foreach (var name in spec.ExtraHeaders)
        {
            json.WriteNull(name);
        }

        json.WriteEndObject();
        json.WriteString("sessionAffinity", spec.SessionAffinity);
        json.WriteStartObject("timeouts");
        json.WriteNumber("firstEventMs", spec.Timeouts.FirstEventMs);
        json.WriteNumber("idleMs", spec.Timeouts.IdleMs);
        json.WriteNumber("totalMs", spec.Timeouts.TotalMs);
        json.WriteEndObject();
        json.WritePropertyName("metadata");
        RunResource.WriteMetadata(json, spec.Metadata);
        WriteWebhook(json, spec.Webhook);
        json.WriteEndObject();
    }

    private static void WriteFallback(Utf8JsonWriter json, FallbackSpec? fallback, RunInputs inputs)
    {
        if (fallback is null)
        {
            json.WriteNull("fallback");
            return;
        }

        json.WriteStartObject("fallback");
        json.WriteString("mode", fallback.Mode);
        json.WriteStartArray("models");
        foreach (var model in fallback.Models)
        {
            json.WriteStringValue(model);
        }

        json.WriteEndArray();
        json.WriteStartObject("inputs");
        foreach (var (model, input) in inputs.ByModel)
        {
            json.WritePropertyName(model);
            WriteRaw(json, input);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter json, RetrySpec retry)
    {
        json.WriteStartObject("retry");
        json.WriteNumber("maxAttempts", retry.MaxAttempts);
        json.WriteNumber("delayMs", retry.DelayMs);
        json.WriteNumber("maxDelayMs", retry.MaxDelayMs);
        json.WriteString("backoff", ChoiceNames.Of(ChoiceNames.Backoffs, (Backoff?)retry.Backoff));
        json.WriteEndObject();
    }

    private static void WriteGateway(Utf8JsonWriter json, GatewaySpec gateway)
    {
        json.WriteStartObject("gateway");
        json.WriteString("id", gateway.Id);
        WriteFlag(json, "skipCache", gateway.SkipCache);
        RunJson.WriteNumber(json, "cacheTtl", gateway.CacheTtl);
        json.WriteString("cacheKey", gateway.CacheKey);
        WriteFlag(json, "collectLog", gateway.CollectLog);
        if (gateway.Metadata is { } metadata)
        {
            json.WriteStartObject("metadata");
            foreach (var (name, value) in metadata)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("metadata");
        }

        json.WriteString("eventId", gateway.EventId);
        RunJson.WriteNumber(json, "requestTimeoutMs", gateway.RequestTimeoutMs);
        if (gateway.Retries is { } retries)
        {
            json.WriteStartObject("retries");
            RunJson.WriteNumber(json, "maxAttempts", retries.MaxAttempts);
            RunJson.WriteNumber(json, "retryDelayMs", retries.RetryDelayMs);
            json.WriteString("backoff", ChoiceNames.Of(ChoiceNames.Backoffs, retries.Backoff));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("retries");
        }

        json.WriteEndObject();
    }

    private static void WriteWebhook(Utf8JsonWriter json, WebhookSpec? webhook)
    {
        if (webhook is null)
        {
            json.WriteNull("webhook");
            return;
        }

        json.WriteStartObject("webhook");
        json.WriteString("url", webhook.Url);
        json.WriteStartArray("events");
        foreach (var name in webhook.Events)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, ReadOnlyMemory<byte> input)
    {
        if (input.IsEmpty)
        {
            json.WriteNullValue();
        }
        else
        {
            // It was checked when it was submitted, and is shown byte for byte.
            json.WriteRawValue(input.Span, skipInputValidation: true);
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known)
        {
            json.WriteBoolean(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
