using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary><c>gateway</c>: the ranges are the gateway library's.</summary>
internal static class GatewayPart
{
    public static GatewaySpec Read(JsonFields run, ProblemList problems)
    {
        if (run.Object("gateway", SubmitFields.Gateway) is not { } gateway)
        {
            return new GatewaySpec();
        }

        var spec = new GatewaySpec
        {
            Id = gateway.Text("id", SubmitLimits.TextChars),
            SkipCache = gateway.Flag("skipCache"),
            CacheTtl = gateway.Whole("cacheTtl", int.MinValue, int.MaxValue),
            CacheKey = gateway.Text("cacheKey", SubmitLimits.TextChars),
            CollectLog = gateway.Flag("collectLog"),
            Metadata = ReadMetadata(gateway, problems),
            EventId = gateway.Text("eventId", SubmitLimits.TextChars),
            RequestTimeoutMs = gateway.Whole("requestTimeoutMs", int.MinValue, int.MaxValue),
            Retries = ReadRetries(gateway),
        };
        foreach (var problem in Options(spec).Validate())
        {
            problems.Add($"{gateway.Pointer}/{problem.Field}", problem.Message);
        }

        return spec;
    }

    private static Dictionary<string, JsonElement>? ReadMetadata(JsonFields gateway, ProblemList problems) =>
        ScalarMap.Read(gateway, "metadata", GatewayOptions.MaxMetadata, problems)
            ?.ToDictionary(entry => entry.Key, entry => entry.Value.Clone(), StringComparer.Ordinal);

    private static GatewayRetrySpec? ReadRetries(JsonFields gateway) =>
        gateway.Object("retries", SubmitFields.GatewayRetries) is not { } retries
            ? null
            : new GatewayRetrySpec
            {
                MaxAttempts = retries.Whole("maxAttempts", int.MinValue, int.MaxValue),
                RetryDelayMs = retries.Whole("retryDelayMs", int.MinValue, int.MaxValue),
                Backoff = retries.OneOf("backoff", ChoiceNames.Backoffs),
            };

    /// <summary>Metadata stays out: it was checked, with the API's own bounds.</summary>
    private static GatewayOptions Options(GatewaySpec spec)
    {
        var options = new GatewayOptions
        {
            SkipCache = spec.SkipCache,
            CacheTtl = spec.CacheTtl,
            CacheKey = spec.CacheKey,
            CollectLog = spec.CollectLog,
            EventId = spec.EventId,
            RequestTimeoutMs = spec.RequestTimeoutMs,
            Retries = spec.Retries is { } retries
                ? new GatewayRetries { MaxAttempts = retries.MaxAttempts, RetryDelayMs = retries.RetryDelayMs }
                : null,
        };
        return spec.Id is { } id ? options with { Id = id } : options;
    }
}
