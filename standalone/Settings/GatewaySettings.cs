namespace Orchestrator.Standalone.Settings;

/// <summary>The section <c>Gateway</c>: how the upstream is reached. With neither a bridge nor an account it is the emulator in this process.</summary>
public sealed class GatewaySettings
{
    /// <summary>The gateway a run uses unless it names one.</summary>
    public string Id { get; set; } = "default";

    /// <summary>The bridge: the run path with resume, and everything else, too.</summary>
    public Uri? BridgeUrl { get; set; }

    public string? BridgeSecret { get; set; }

    /// <summary>Without a bridge: the account whose REST API and gateway endpoints are used.</summary>
    public string? AccountId { get; set; }

    public string? ApiToken { get; set; }

    /// <summary>The REST API, up to <c>/accounts/…</c>; null is Cloudflare's.</summary>
    public Uri? ApiUrl { get; set; }

    /// <summary>The gateway endpoints, up to <c>/{account}/{gateway}</c>; null is Cloudflare's.</summary>
    public Uri? EndpointUrl { get; set; }

    /// <summary>Where a run is resumed whose REST answer carried a run id; null is nowhere.</summary>
    public Uri? ResumeUrl { get; set; }
}
