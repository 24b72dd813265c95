using System.Text.Json;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Http;

/// <summary><c>POST /run</c>: the binding's <c>run(model, inputs, options)</c>, raw response.</summary>
internal sealed class RunEndpoint(Dispatcher dispatcher, OutcomeWriter writer)
{
    private const string DefaultGateway = "default";

    public async Task InvokeAsync(HttpContext context)
    {
        using var body = await Bodies.ReadAsync(context);
        if (body is null || Request(body.RootElement) is not { } request)
        {
            await Replies.FailAsync(context, Failures.BadRequest("The body is {\"model\": \"…\", \"inputs\": {…}, \"options\": {…}}."));
            return;
        }

        if (Gateways.IsMissing(request.Gateway))
        {
            await Replies.FailAsync(context, Failures.NoSuchGateway);
            return;
        }

        await ServeAsync(context, request);
    }

    /// <summary><c>POST /ai-search/{name}</c>: the binding's <c>autorag(name).aiSearch({query, …})</c>.</summary>
    public async Task AiSearchAsync(HttpContext context)
    {
        using var body = await Bodies.ReadAsync(context);
        var model = ModelName.Parse($"{Catalog.AiSearch}/{context.Request.RouteValues["name"]}");
        await (body is null
            ? Replies.FailAsync(context, Failures.BadRequest("The body is {\"query\": \"…\"}."))
            : ServeAsync(context, new()
            {
                Model = model,
                Inputs = body.RootElement,
                Stream = false,
                Gateway = DefaultGateway,
                Wire = Catalog.WireOf(model),
            }));
    }

    private async Task ServeAsync(HttpContext context, DispatchRequest request)
    {
        DispatchOutcome outcome;
        try
        {
            outcome = dispatcher.Dispatch(request);
        }
        catch (BadSettingException bad)
        {
            await Replies.FailAsync(context, Failures.BadRequest(bad.Message));
            return;
        }

        await writer.WriteAsync(context, outcome);
    }

    private static DispatchRequest? Request(JsonElement body)
    {
        if (body.Text("model") is not { } name)
        {
            return null;
        }

        var inputs = body.Member("inputs") ?? default;
        var options = body.Member("options");
        var gateway = options?.Member("gateway");
        var metadata = gateway?.Member("metadata");
        var model = ModelName.Parse(name);
        return new()
        {
            Model = model,
            Inputs = inputs,
            Stream = inputs.Flag("stream") ?? false,
            Gateway = gateway?.Text("id") ?? DefaultGateway,
            Wire = Catalog.WireOf(model),
            InCatalog = Catalog.Has(model),
            GivesRunId = true,
            Key = metadata?.Member("run")?.ToString() ?? options?.Member("extraHeaders")?.Text(Headers.EmulatorKey),
            Metadata = metadata?.GetRawText(),
            CollectLog = gateway?.Flag("collectLog") ?? true,
            Cache = new CacheWish(
                gateway?.Member("cacheTtl") is { ValueKind: JsonValueKind.Number } ttl ? ttl.GetInt32() : null,
                gateway?.Text("cacheKey"),
                gateway?.Flag("skipCache") ?? false),
        };
    }
}
