using System.Globalization;
using System.Text;

namespace Orchestrator.Client;

/// <summary>Which runs are meant. Every condition must hold; what is null does not filter.</summary>
public sealed record RunQuery
{
    /// <summary>Runs with this status; with <see cref="Statuses"/>, one more of them.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Runs with any of these; null or empty for all.</summary>
    public IReadOnlyCollection<RunStatus>? Statuses { get; init; }

    public string? Model { get; init; }

    /// <summary>Runs that carry every one of these pairs.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Runs that were created at this time or later, by the service's clock; to the millisecond.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Runs that were created before this time, by the service's clock; to the millisecond.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Runs that failed with an error whose code or message has this text in it; 1 to 200 characters.</summary>
    public string? Error { get; init; }

    /// <summary>Runs per page; the service's own default where null. Not for <see cref="OrchestratorClient.CancelManyAsync(RunQuery, CancellationToken)"/>
    /// and <see cref="OrchestratorClient.DeleteManyAsync(RunQuery, CancellationToken)"/>.</summary>
    public int? Limit { get; init; }

    /// <summary><see cref="RunPage.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }

    internal IReadOnlyList<RunStatus> AllStatuses => [.. new[] { Status }.OfType<RunStatus>().Concat(Statuses ?? []).Distinct()];

    internal string ToQueryString()
    {
        var query = new StringBuilder();
        Add(query, "status", AllStatuses is { Count: > 0 } statuses ? string.Join(',', statuses.Select(RunStatusConverter.ToWire)) : null);
        Add(query, "model", Model);
        foreach (var (key, value) in Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Add(query, "metadata." + key, value);
        }

        Add(query, "from", Time(From));
        Add(query, "to", Time(To));
        Add(query, "error", Error);
        Add(query, "limit", Limit?.ToString(CultureInfo.InvariantCulture));
        Add(query, "cursor", Cursor);
        return query.ToString();
    }

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static void Add(StringBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
