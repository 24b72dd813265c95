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
        if (Url is not { IsAbsoluteUri: true } || Url.Scheme is not ("http" or "https") || Url.Query.Length > 0 || Url.Fragment.Length > 0)
        {
            throw new ArgumentException("The bridge's URL is not an absolute http or https URL without query and fragment.", parameter);
        }

        if (Secret is not null && (Secret.Length == 0 || !HeaderRules.IsValue(Secret)))
        {
            throw new ArgumentException("The bridge's secret is not printable ASCII: it travels in a header.", parameter);
        }
    }
}
