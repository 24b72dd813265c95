namespace Orchestrator.Client;

/// <summary>A <see cref="RunQuery"/> as it is in a body.</summary>
internal sealed record BulkFilter(
    IReadOnlyList<RunStatus>? Status,
    string? Model,
    IReadOnlyDictionary<string, string>? Metadata,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Error)
{
    public static BulkFilter Of(RunQuery query) => new(
        query.AllStatuses is { Count: > 0 } statuses ? statuses : null,
        query.Model,
        query.Metadata,
        query.From?.ToUniversalTime(),
        query.To?.ToUniversalTime(),
        query.Error);
}
