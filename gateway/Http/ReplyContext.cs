namespace Orchestrator.Gateway;

/// <summary>What is known of a reply before it is there.</summary>
internal sealed record ReplyContext
{
    public required TransportKind Transport { get; init; }

    /// <summary>How to read it, by the entry of a universal request that served.</summary>
    public required Func<int?, WireFormat> Wire { get; init; }

    /// <summary>Whether a run id on a stream is of use: there is somewhere to ask for the rest.</summary>
    public bool CanResume { get; init; }

    /// <summary>Whether a response that does not say what it is is a stream.</summary>
    public bool StreamUntold { get; init; }

    /// <summary>Whether JSON may come in Cloudflare's envelope.</summary>
    public bool Enveloped { get; init; }

    public required SecretScrubber Scrubber { get; init; }
}
