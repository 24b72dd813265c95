namespace Orchestrator.Gateway;

/// <summary>What of a request bears on its way to the model. Null is "nothing asked for".</summary>
public sealed record SelectionRequest
{
    public required ModelSlug Model { get; init; }

    public TransportKind? Transport { get; init; }

    /// <summary>True: it must be resumable. False: it need not be. Null: where it can be had, with a warning otherwise.</summary>
    public bool? Resume { get; init; }

    public bool? SkipCache { get; init; }

    /// <summary>Seconds.</summary>
    public int? CacheTtl { get; init; }

    /// <summary><c>fallback.mode: "server"</c>.</summary>
    public bool ServerFallback { get; init; }

    /// <summary>The caller's own key, in the request or stored at the gateway.</summary>
    public bool Byok { get; init; }

    /// <summary>See <see cref="RunRequest.Endpoint"/>.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whether the run path as it is configured can resume.</summary>
    public ResumeSupport RunPathResume { get; init; } = ResumeSupport.Yes;
}
