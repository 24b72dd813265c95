namespace Orchestrator.Standalone.Settings;

/// <summary>The section <c>Gateway</c>: how the upstream is reached.</summary>
public sealed class GatewaySettings
{
    /// <summary>The gateway a run uses unless it names one.</summary>
    public string Id { get; set; } = "default";

    /// <summary>The bridge: the run path, with resume. Null: the emulator in this process.</summary>
    public Uri? BridgeUrl { get; set; }

    public string? BridgeSecret { get; set; }

    public string? AccountId { get; set; }

    public string? ApiToken { get; set; }
}
