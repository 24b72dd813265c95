namespace Orchestrator.Gateway;

/// <summary>Where the bridge is: the small Worker that has the gateway's binding, and with it the run path.</summary>
public sealed class BridgeOptions
{
    /// <summary>Absolute, http or https; a path is kept, a query is not allowed.</summary>
    public required Uri Url { get; init; }

    /// <summary>Sent as a bearer token; null sends none.</summary>
    public string? Secret { get; init; }

    internal void Validate(string parameter)
    {
        BaseUrl.Validate(Url, "bridge's", parameter);
        BaseUrl.ValidateToken(Secret, "bridge's secret", parameter);
    }
}
