namespace Orchestrator.Gateway;

/// <summary>The ways to the gateway that there are. At least one of <see cref="Bridge"/> and <see cref="Account"/>.</summary>
public sealed record AiGatewayOptions
{
    /// <summary>
    /// The bridge. With it the run path can be resumed, and it takes everything: the gateway path goes over its universal endpoint.
    /// </summary>
    public BridgeOptions? Bridge { get; init; }

    /// <summary>Without a bridge the run path goes over the REST API, the gateway path over the gateway endpoints.</summary>
    public AccountOptions? Account { get; init; }

    /// <summary>
    /// Without a bridge: the base URL of <c>/ai-gateway/gateways/{gateway}/run/{runId}/resume</c>, asked with the account's token
    /// when a REST answer carried a run id. Null: none, and no answer over REST can be resumed.
    /// </summary>
    public Uri? ResumeUrl { get; init; }

    /// <summary>
    /// What every request asks of the gateway unless it says otherwise itself. Metadata is merged, name by name, and the request wins.
    /// Its <see cref="GatewayOptions.Id"/> is not used: each request names its gateway.
    /// </summary>
    public GatewayOptions Defaults { get; init; } = new();

    /// <summary>Bounds and sources of the client.</summary>
    public AiGatewayClientOptions Client { get; init; } = new();

    /// <summary>Whether what is configured can take up a broken stream of the run path.</summary>
    public ResumeSupport RunPathResume => Bridge is not null
        ? ResumeSupport.Yes
        : ResumeUrl is not null ? ResumeSupport.WhereTheAnswerSays : ResumeSupport.No;

    internal void Validate(string parameter)
    {
        if (Bridge is null && Account is null)
        {
            throw new ArgumentException("Give a bridge, an account, or both.", parameter);
        }

        Bridge?.Validate(parameter);
        Account?.Validate(parameter);
        if (ResumeUrl is not null)
        {
            BaseUrl.Validate(ResumeUrl, "resume", parameter);
        }

        if (Defaults.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException(GatewayError.Refused(problems).Message, parameter);
        }
    }
}
