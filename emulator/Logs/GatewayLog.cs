using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Logs;

/// <summary>A log entry as <c>getLog</c> answers it; names are the gateway's own.</summary>
internal sealed record GatewayLog
{
    public required string Id { get; init; }

    /// <summary>The gateway that it belongs to: part of its address, not of the entry.</summary>
    [JsonIgnore]
    public string Gateway { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>0 when the connection was reset.</summary>
    public required int StatusCode { get; init; }

    public required bool Success { get; init; }

    public bool Cached { get; init; }

    public int Step { get; init; }

    public int TokensIn { get; init; }

    public int TokensOut { get; init; }

    /// <summary>-1, 1 or null.</summary>
    public int? Feedback { get; init; }

    /// <summary>0 to 100 or null.</summary>
    public double? Score { get; init; }

    public JsonObject? Metadata { get; init; }

    public static GatewayLog Of(string id, DispatchRequest request, int status, Answer? answer, DateTimeOffset now) => new()
    {
        Id = id,
        Gateway = request.Gateway,
        CreatedAt = now,
        Provider = request.Model.IsWorkersAi ? "workers-ai" : request.Model.Provider,
        Model = request.Model.NameAtProvider,
        StatusCode = status,
        Success = answer is not null,
        Step = request.Step ?? 0,
        TokensIn = answer?.PromptTokens ?? 0,
        TokensOut = answer?.CompletionTokens ?? 0,
        Metadata = request.Metadata is null ? null : JsonNode.Parse(request.Metadata) as JsonObject,
    };
}
