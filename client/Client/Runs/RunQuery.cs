using System.Globalization;
using System.Text;

namespace Orchestrator.Client;

/// <summary>Which runs to list. What is null does not filter.</summary>
public sealed record RunQuery
{
    public RunStatus? Status { get; init; }

    public string? Model { get; init; }

    /// <summary>Runs that carry every one of these pairs.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Runs per page; the service's own default where null.</summary>
    public int? Limit { get; init; }

    /// <summary><see cref="RunPage.Next"/> of the page before.</summary>
    public string? Cursor { get; init; }

    internal string ToQueryString()
    {
        var query = new StringBuilder();
        Add(query, "status", Status is { } status ? RunStatusConverter.ToWire(status) : null);
        Add(query, "model", Model);
        foreach (var (key, value) in Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Add(query, "metadata." + key, value);
        }

        Add(query, "limit", Limit?.ToString(CultureInfo.InvariantCulture));
        Add(query, "cursor", Cursor);
        return query.ToString();
    }

    private static void Add(StringBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
