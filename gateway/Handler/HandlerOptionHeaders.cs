namespace Orchestrator.Gateway;

/// <summary>The options of a handler's requests as headers.</summary>
internal sealed class HandlerOptionHeaders(GatewayOptions gateway, string? sessionAffinity, bool byok)
{
    private readonly IReadOnlyList<OptionHeader> _always = OptionHeaders.Of(gateway, sessionAffinity);

    public string Gateway => gateway.Id;

    /// <param name="own">What one request asks besides, or null.</param>
    /// <exception cref="HandlerRefusalException">It can not be asked.</exception>
    public IReadOnlyList<OptionHeader> For(GatewayOptions? own)
    {
        if (own is null)
        {
            return _always;
        }

        var merged = own.Over(gateway);
        if (merged.Id != gateway.Id)
        {
            throw new HandlerRefusalException($"The request names the gateway '{merged.Id}', and its handler is for '{gateway.Id}': send it through another handler.");
        }

        return Problem(merged, byok) is { } problem
            ? throw new HandlerRefusalException($"The gateway options of the request can not be used. {problem}")
            : OptionHeaders.Of(merged, sessionAffinity);
    }

    public static string? Problem(GatewayOptions options, bool byok) =>
        options.Validate() is { Count: > 0 } problems
            ? GatewayError.Refused(problems).Message
            : byok && options.ByokAlias is not null
                ? "Byok sends the request's own key, and byokAlias names one that is stored at the gateway: choose one of them."
                : null;
}
