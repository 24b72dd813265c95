using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Upstream;

/// <summary>One request to the upstream.</summary>
public sealed record GatewayDispatch
{
    public required RunId Run { get; init; }

    public required RunSpec Spec { get; init; }

    /// <summary>The leg's model.</summary>
    public required string Model { get; init; }

    /// <summary>A UTF-8 JSON object.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Of the models that the gateway itself falls back to, in their order; none where this service does.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> FallbackInputs { get; init; } = [];

    /// <summary>In clear.</summary>
    public required IReadOnlyDictionary<string, string> ExtraHeaders { get; init; }
}
