using System.Text.Json.Nodes;

namespace Orchestrator.Client;

/// <summary>What to run. Every field but <see cref="Model"/> and <see cref="Input"/> is optional; null is the service's default.</summary>
public sealed record RunSubmission
{
    /// <summary>Leg 0: <c>provider/model</c> or a Workers AI id (<c>@cf/…</c>).</summary>
    public required string Model { get; init; }

    /// <summary>In the model's own schema, passed on untouched.</summary>
    public required JsonNode Input { get; init; }

    /// <summary><c>text-generation</c>, <c>embeddings</c>, …; inferred from the model where it can be.</summary>
    public string? Task { get; init; }

    /// <summary>How many images are wanted, each of a dispatch of its own.</summary>
    public int? N { get; init; }

    public RunFallback? Fallback { get; init; }

    public RunRetry? Retry { get; init; }

    /// <summary>True: refuse what can not be resumed. False: never resume. Null: resume where it can be had.</summary>
    public bool? Resume { get; init; }

    /// <summary>When the gateway's buffer is gone before the run was re-attached.</summary>
    public BreakAction? OnResumeExpired { get; init; }

    /// <summary>When the stream fails after its first event and resuming does not cure it.</summary>
    public BreakAction? OnStreamFailure { get; init; }

    public GatewayTransport? Transport { get; init; }

    public RunGateway? Gateway { get; init; }

    /// <summary>Use the caller's own provider keys.</summary>
    public bool? Byok { get; init; }

    /// <summary>Alias of the stored key.</summary>
    public string? ByokAlias { get; init; }

    /// <summary>Zero data retention.</summary>
    public bool? Zdr { get; init; }

    public IReadOnlyDictionary<string, string>? ExtraHeaders { get; init; }

    public string? SessionAffinity { get; init; }

    public RunTimeouts? Timeouts { get; init; }

    /// <summary>The caller's own: searchable, echoed.</summary>
    public JsonObject? Metadata { get; init; }

    public RunWebhook? Webhook { get; init; }

    /// <summary>A submission with one user message: <c>{"messages":[{"role":"user","content":prompt}]}</c>.</summary>
    public static RunSubmission Chat(string model, string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var message = new JsonObject { ["role"] = "user", ["content"] = prompt };
        return new RunSubmission { Model = model, Input = new JsonObject { ["messages"] = new JsonArray(message) } };
    }
}
