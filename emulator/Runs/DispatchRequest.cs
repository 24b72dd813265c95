using System.Text.Json;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Runs;

/// <summary>What is asked of one model.</summary>
internal sealed record DispatchRequest
{
    public required ModelName Model { get; init; }

    /// <summary>The model's own inputs; read during the dispatch, not kept.</summary>
    public required JsonElement Inputs { get; init; }

    /// <summary>Whether a stream is asked for.</summary>
    public required bool Stream { get; init; }

    public required string Gateway { get; init; }

    /// <summary>The provider's wire on this path; a run's <c>wire</c> setting wins.</summary>
    public required WireFormat Wire { get; init; }

    /// <summary>Position in a universal request; null elsewhere.</summary>
    public int? Step { get; init; }

    /// <summary>Whether a stream gets a run id, with which it can be resumed: on the run path.</summary>
    public bool GivesRunId { get; init; }

    /// <summary>Whether the run catalog has the model. Only the run path has one.</summary>
    public bool InCatalog { get; init; } = true;

    public string? Key { get; init; }

    /// <summary>The caller's metadata as JSON text.</summary>
    public string? Metadata { get; init; }

    public bool CollectLog { get; init; } = true;

    public CacheWish? Cache { get; init; }
}
