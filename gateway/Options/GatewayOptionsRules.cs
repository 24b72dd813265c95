using System.Text.Json;

namespace Orchestrator.Gateway;

internal static class GatewayOptionsRules
{
    private const int MaxTextChars = 1_024;

    public static IReadOnlyList<ConfigProblem> Check(GatewayOptions options)
    {
        var problems = new List<ConfigProblem>();
        if (PathSegment.Problem(options.Id) is { } problem)
        {
            problems.Add(new("id", problem));
        }

        Require(options.CacheTtl is null or >= 0, "cacheTtl", "Give seconds, 0 or more.");
        Require(options.RequestTimeoutMs is null or > 0, "requestTimeoutMs", "Give milliseconds, 1 or more.");
        RequireText(options.CacheKey, "cacheKey");
        RequireText(options.EventId, "eventId");
        RequireText(options.ByokAlias, "byokAlias");
        Require(options.CustomCost is null or { PerTokenIn: >= 0, PerTokenOut: >= 0 }, "customCost", "Give US dollars per token, 0 or more.");
        if (options.Retries is { } retries)
        {
            Require(retries.MaxAttempts is null or (>= 1 and <= GatewayRetries.MaxMaxAttempts), "retries/maxAttempts", "Give 1 to 5.");
            Require(
                retries.RetryDelayMs is null or (>= 0 and <= GatewayRetries.MaxRetryDelayMs),
                "retries/retryDelayMs",
                "Give milliseconds, 0 to 5000.");
            Require(
                retries.Backoff is null || Enum.IsDefined(retries.Backoff.Value),
                "retries/backoff",
                "Give constant, linear or exponential.");
        }

        CheckMetadata(options.Metadata, problems);
        return problems;

        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                problems.Add(new(field, message));
            }
        }

        void RequireText(string? text, string field) =>
            Require(
                text is null || (text.Length is > 0 and <= MaxTextChars && HeaderRules.IsValue(text)),
                field,
                "Give 1 to 1024 printable ASCII characters: it travels in a header.");
    }

    private static void CheckMetadata(IReadOnlyDictionary<string, JsonElement>? metadata, List<ConfigProblem> problems)
    {
        if (metadata is null)
        {
            return;
        }

        if (metadata.Count > GatewayOptions.MaxMetadata)
        {
            problems.Add(new("metadata", $"The gateway takes {GatewayOptions.MaxMetadata} entries, these are {metadata.Count}."));
        }

        foreach (var (name, value) in metadata)
        {
            if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Undefined)
            {
                problems.Add(new($"metadata/{ConfigProblem.Segment(name)}", "Give a text, a number or a boolean."));
            }
        }
    }
}
