using Orchestrator.Emulator.Http;

namespace Orchestrator.Emulator;

/// <summary>Maps the emulated AI Gateway into an application.</summary>
public static class EmulatorEndpoints
{
    /// <summary>
    /// Maps the bridge's surface (<c>/run</c>, <c>/ai-gateway/…</c>, <c>/gateways/…</c>), the REST API (<c>/client/v4/…</c>), the gateway
    /// endpoints (<c>/v1/{account}/{gateway}/…</c>) and <c>/emulator/…</c>, below the prefix if
    /// <paramref name="endpoints"/> is a group. Needs <see cref="EmulatorServices.AddAiGatewayEmulator"/>.
    /// A server that buffers what it writes may cut a <c>drop</c> fault short of its byte; <see cref="EmulatorHost"/> does not.
    /// </summary>
    public static IEndpointRouteBuilder MapAiGatewayEmulator(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var bearer = services.GetRequiredService<BearerFilter>();
        var run = services.GetRequiredService<RunEndpoint>();
        var resume = services.GetRequiredService<ResumeEndpoint>();
        var universal = services.GetRequiredService<UniversalEndpoint>();
        var logs = services.GetRequiredService<LogEndpoints>();
        var rest = services.GetRequiredService<RestEndpoints>();
        var provider = services.GetRequiredService<ProviderEndpoint>();
        var control = services.GetRequiredService<ControlEndpoints>();

        void Map(string method, string pattern, RequestDelegate handler) =>
            endpoints.MapMethods(pattern, [method], context => bearer.InvokeAsync(context, handler));

        Map("POST", "/run", run.InvokeAsync);
        Map("POST", "/ai-search/{name}", run.AiSearchAsync);
        Map("GET", "/ai-gateway/gateways/{gateway}/run/{runId}/resume", resume.InvokeAsync);
        Map("POST", "/gateways/{gateway}/run", universal.InvokeAsync);
        Map("GET", "/gateways/{gateway}/logs/{logId}", logs.GetAsync);
        Map("PATCH", "/gateways/{gateway}/logs/{logId}", logs.PatchAsync);
        Map("GET", "/gateways/{gateway}/url", UrlEndpoint.InvokeAsync);

        const string Account = "/client/v4/accounts/{account}";
        Map("POST", Account + "/ai/run", rest.RunAsync);
        Map("POST", Account + "/ai/run/{**model}", rest.RunModelAsync);
        Map("POST", Account + "/ai/v1/{**api}", rest.ApiAsync);
        Map("POST", Account + "/autorag/rags/{name}/ai-search", rest.AiSearchAsync);
        Map("GET", Account + "/ai-gateway/gateways/{gateway}/logs/{logId}", logs.GetEnvelopedAsync);
        Map("PATCH", Account + "/ai-gateway/gateways/{gateway}/logs/{logId}", logs.PatchEnvelopedAsync);

        void MapEndpoint(string pattern, RequestDelegate handler) =>
            endpoints.MapPost(pattern, context => bearer.InvokeAsync(context, Headers.Authorization, handler));

        MapEndpoint("/v1/{account}/{gateway}", universal.InvokeAsync);
        MapEndpoint("/v1/{account}/{gateway}/{provider}/{**endpoint}", provider.InvokeAsync);

        Map("PUT", "/emulator/faults/{**model}", control.PutFaultsAsync);
        Map("DELETE", "/emulator/faults", control.DeleteFaultsAsync);
        Map("GET", "/emulator/counters", control.CountersAsync);
        Map("POST", "/emulator/reset", control.ResetAsync);
        Map("GET", "/emulator/runs/{runId}/bytes", control.BytesAsync);
        return endpoints;
    }
}
