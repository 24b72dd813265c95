namespace Orchestrator.Gateway;

/// <summary>What the gateway tells in the headers of a reply. Null where it tells nothing.</summary>
public sealed record ReplyHeaders
{
    /// <summary>The HTTP status; 0 when there was no answer.</summary>
    public int Status { get; init; }

    /// <summary><c>cf-aig-run-id</c>, never for Workers AI models. See <see cref="StreamReply.Resumable"/>.</summary>
    public string? RunId { get; init; }

    /// <summary><c>cf-aig-log-id</c>.</summary>
    public string? LogId { get; init; }

    /// <summary><c>cf-aig-cache-status</c>: <c>HIT</c> or <c>MISS</c>.</summary>
    public string? CacheStatus { get; init; }

    /// <summary><c>cf-aig-step</c>: which entry of a universal request was served, from 0.</summary>
    public int? Step { get; init; }
}
