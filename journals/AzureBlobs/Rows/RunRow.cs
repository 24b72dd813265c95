using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs.Rows;

/// <summary>A run's row of the directory.</summary>
internal sealed record RunRow
{
    public required RunSummary Summary { get; init; }

    public required WriterId Owner { get; init; }

    public required long Epoch { get; init; }

    public bool Released { get; init; }

    public IReadOnlyList<WriterId> Fence { get; init; } = [];

    public string? Key { get; init; }
}
