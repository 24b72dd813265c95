using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

/// <summary>All conditions must hold; null or empty ones do not count.</summary>
public sealed record RunQuery
{
    /// <summary>Null: of all tenants, for the service itself; never for a caller who speaks for one.</summary>
    public required string? Tenant { get; init; }

    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];

    public string? Model { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Only runs that were created at this time or later; Unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Only runs that were created before this time; Unix milliseconds.</summary>
    public long? To { get; init; }

    /// <summary>Only runs whose error has this text in its code or in its message, in upper or lower case.</summary>
    public string? Error { get; init; }

    /// <summary>From 1.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Only runs older than this one: the last id of the page before.</summary>
    public RunId? Before { get; init; }

    /// <summary>No run older than this one: the time bound as an id, since ids begin with the time of their creation.</summary>
    public RunId OldestId => From is { } from ? RunId.FirstAt(from) : default;

    /// <summary>Only runs older than this one, by <see cref="Before"/> and by the time bound; null for no bound.</summary>
    public RunId? BeforeId => To is not { } to ? Before : Before is { } before && before < RunId.FirstAt(to) ? before : RunId.FirstAt(to);

    /// <summary>Whether a run is among those asked for, wherever the page begins.</summary>
    public bool Matches(RunSummary run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return (Tenant is null || run.Tenant == Tenant)
            && (Statuses.Count == 0 || Statuses.Contains(run.Status))
            && (Model is null || run.Model == Model)
            && (From is null || run.CreatedAt >= From)
            && (To is null || run.CreatedAt < To)
            && (Error is null || Has(run.ErrorCode, Error) || Has(run.ErrorMessage, Error))
            && Metadata.All(pair => run.Metadata.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }

    private static bool Has(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
