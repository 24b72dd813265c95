using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Http;

/// <summary><c>POST /v1/{account}/{gateway}/{provider}/{path}</c>: one provider, <c>workers-ai</c> and <c>compat</c> among them.</summary>
internal sealed class ProviderEndpoint(GatewayRetries gateway, OutcomeWriter writer)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var gatewayId = Route(context, "gateway");
        var provider = Route(context, "provider");
        using var body = await Bodies.ReadAsync(context);
        if (Refusal(gatewayId, provider, body is not null) is { } refusal)
        {
            await Replies.FailAsync(context, refusal);
            return;
        }

        // The endpoint comes as it was sent but for its query, which the route leaves out.
        UniversalEntry entry = new(provider, Route(context, "endpoint") + context.Request.QueryString, default, body!.RootElement);
        try
        {
            var (request, options) = entry.Request(gatewayId, step: null, context.Request.Headers);
            await writer.WriteAsync(context, await gateway.DispatchAsync(request, options, context.RequestAborted));
        }
        catch (BadSettingException bad)
        {
            await Replies.FailAsync(context, Failures.BadRequest(bad.Message));
        }
    }

    private static GatewayFailure? Refusal(string gateway, string provider, bool hasBody) =>
        Gateways.IsMissing(gateway) ? Failures.NoSuchGateway
        : !Catalog.HasProvider(provider) ? Failures.NoSuchProvider
        : hasBody ? null : Failures.BadRequest("The body is JSON.");

    private static string Route(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";
}
