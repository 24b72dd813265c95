using System.Globalization;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>A run's fields as text.</summary>
internal static class RunFields
{
    public static string Status(Run run) => Status(run.Status);

    public static string Status(RunStatus status) => status switch
    {
        RunStatus.Queued => "queued",
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Cancelled => "cancelled",
        _ => "unknown",
    };

    public static string? Tokens(Run run) => run.Usage?.TotalTokens?.ToString(CultureInfo.InvariantCulture);

    /// <summary>From its creation to its end, or to now.</summary>
    public static string Took(Run run, DateTimeOffset now) =>
        run.CreatedAt is { } created ? Quantity.Of((run.EndedAt ?? now) - created) : "";

    public static string Age(Run run, DateTimeOffset now) => run.CreatedAt is { } created ? Quantity.Ago(now - created) : "";

    /// <summary>What is known of a run, in the order in which a person asks for it. Nothing that is null or empty.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Run run) => All(run).Where(field => field.Value is { Length: > 0 })!;

    private static IEnumerable<(string Name, string? Value)> All(Run run)
    {
        yield return ("id", run.Id);
        yield return ("status", Status(run));
        yield return ("incomplete", run.Incomplete ? run.IncompleteReason ?? "yes" : null);
        yield return ("error", run.Error is null ? null : Quantity.Of(run.Error));
        yield return ("model", run.Model);
        yield return ("task", run.Task);
        yield return ("created", Quantity.Of(run.CreatedAt));
        yield return ("started", Quantity.Of(run.StartedAt));
        yield return ("ended", Quantity.Of(run.EndedAt));
        yield return ("finish reason", run.FinishReason);
        yield return ("tokens", Quantity.Of(run.Usage));
        yield return ("seq", run.Seq.ToString(CultureInfo.InvariantCulture));
        yield return ("text", run.Output?.Text is { Length: > 0 } text ? Quantity.Of(text.Length, "character") : null);
        foreach (var (key, value) in run.Metadata ?? new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal))
        {
            yield return ("metadata." + key, value.ToString());
        }

        foreach (var warning in run.Warnings)
        {
            yield return ("warning", warning.Message ?? warning.Code);
        }
    }
}
