using System.Text.Json;
using Microsoft.Extensions.Options;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Http;

/// <summary><c>POST /client/v4/accounts/{account}/ai/…</c>: the REST API's way to models.</summary>
internal sealed class RestEndpoints(GatewayRetries gateway, OutcomeWriter writer, IOptions<EmulatorOptions> options)
{
    private const string DefaultGateway = "default";

    /// <summary><c>run</c> with <c>{model, input}</c>.</summary>
    public async Task RunAsync(HttpContext context)
    {
        using var body = await Bodies.ReadAsync(context);
        await (body?.RootElement.Text("model") is { } model
            ? ServeAsync(context, ModelName.Parse(model), body.RootElement.Member("input") ?? default, wire: null, enveloped: true)
            : Replies.FailAsync(context, Failures.BadRequest("The body is {\"model\": \"…\", \"input\": {…}}.")));
    }

    /// <summary><c>run/{model}</c> with the model's own inputs.</summary>
    public async Task RunModelAsync(HttpContext context)
    {
        using var body = await Bodies.ReadInputsAsync(context);
        var model = ModelName.Parse(Uri.UnescapeDataString((string)context.Request.RouteValues["model"]!));
        await (body is null
            ? Replies.FailAsync(context, Failures.BadRequest("The body is the model's inputs."))
            : ServeAsync(context, model, body.RootElement, wire: null, enveloped: true));
    }

    /// <summary><c>autorag/rags/{name}/ai-search</c> with <c>{query, …}</c>.</summary>
    public async Task AiSearchAsync(HttpContext context)
    {
        using var body = await Bodies.ReadAsync(context);
        var model = ModelName.Parse($"{Catalog.AiSearch}/{context.Request.RouteValues["name"]}");
        await (body is null
            ? Replies.FailAsync(context, Failures.BadRequest("The body is {\"query\": \"…\"}."))
            : ServeAsync(context, model, body.RootElement, wire: null, enveloped: true));
    }

    /// <summary><c>v1/…</c>, the APIs of providers for every model: the body names it.</summary>
    public async Task ApiAsync(HttpContext context)
    {
        using var body = await Bodies.ReadAsync(context);
        if (ApiPaths.WireOf((string)context.Request.RouteValues["api"]!) is not { } wire)
        {
            await Replies.FailAsync(context, Failures.NoSuchRoute);
            return;
        }

        await (body?.RootElement.Text("model") is { } model
            ? ServeAsync(context, ModelName.Parse(model), body.RootElement, wire, enveloped: false)
            : Replies.FailAsync(context, Failures.BadRequest("The body names the model.")));
    }

    private async Task ServeAsync(HttpContext context, ModelName model, JsonElement inputs, WireFormat? wire, bool enveloped)
    {
        var gatewayId = context.Request.Headers[Headers.GatewayId].ToString();
        if (Refusal(model, gatewayId) is { } refusal)
        {
            await Replies.FailAsync(context, refusal);
            return;
        }

        var headers = HeaderOptions.Read(context.Request.Headers);
        try
        {
            DispatchRequest request = new()
            {
                Model = model,
                Inputs = inputs,
                Stream = inputs.Flag("stream") ?? false,
                Gateway = gatewayId.Length == 0 ? DefaultGateway : gatewayId,
                Wire = wire ?? Catalog.WireOf(model),
                InCatalog = Catalog.Has(model),
                GivesRunId = options.Value.RestRunIds,
                Key = headers.Key,
                Metadata = headers.Metadata,
                CollectLog = headers.CollectLog,
                Cache = headers.Cache,
            };
            var outcome = await gateway.DispatchAsync(request, headers, context.RequestAborted);
            await writer.WriteAsync(context, outcome, enveloped: enveloped);
        }
        catch (BadSettingException bad)
        {
            await Replies.FailAsync(context, Failures.BadRequest(bad.Message));
        }
    }

    private static GatewayFailure? Refusal(ModelName model, string gateway) =>
        Gateways.IsMissing(gateway) ? Failures.NoSuchGateway
        : model.IsWorkersAi && gateway.Length == 0 ? Failures.BadRequest($"{Headers.GatewayId} is required for {model.Slug}.")
        : null;
}
