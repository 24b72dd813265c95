using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>The next piece of a tool call. Pieces of one call share <see cref="Index"/>; their arguments are concatenated.</summary>
public sealed record ToolCallDelta : AttemptEvent
{
    /// <summary>Which call of the answer, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The provider's id of the call, on the piece that carries it.</summary>
    public string? Id { get; init; }

    /// <summary>The tool's name, on the piece that carries it.</summary>
    public string? Name { get; init; }

    /// <summary>The next characters of the arguments' JSON text.</summary>
    [JsonConverter(typeof(PieceConverter))]
    public string Arguments { get; init => field = value ?? ""; } = "";
}
