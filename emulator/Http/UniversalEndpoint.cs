using System.Text.Json;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Http;

/// <summary>
/// <c>POST /gateways/{gateway}/run</c> and <c>POST /v1/{account}/{gateway}</c>: tries the entries in order and serves the first that does
/// not fail before its first event.
/// </summary>
internal sealed class UniversalEndpoint(GatewayRetries retries, OutcomeWriter writer)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var gateway = (string)context.Request.RouteValues["gateway"]!;
        using var body = await Bodies.ReadAsync(context);
        if (Gateways.IsMissing(gateway))
        {
            await Replies.FailAsync(context, Failures.NoSuchGateway);
            return;
        }

        if (Entries(body) is not { Count: > 0 } entries)
        {
            await Replies.FailAsync(context, Failures.BadRequest("The body is [{\"provider\", \"endpoint\", \"headers\", \"query\"}, …]."));
            return;
        }

        if (entries.Find(static entry => !Catalog.HasProvider(entry.Provider)) is not null)
        {
            await Replies.FailAsync(context, Failures.NoSuchProvider);
            return;
        }

        try
        {
            await ServeAsync(context, gateway, entries);
        }
        catch (BadSettingException bad)
        {
            await Replies.FailAsync(context, Failures.BadRequest(bad.Message));
        }
    }

    private static List<UniversalEntry>? Entries(JsonDocument? body)
    {
        if (body?.RootElement.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<UniversalEntry> entries = [];
        foreach (var element in body.RootElement.EnumerateArray())
        {
            if (UniversalEntry.Read(element) is not { } entry)
            {
                return null;
            }

            entries.Add(entry);
        }

        return entries;
    }

    private async Task ServeAsync(HttpContext context, string gateway, List<UniversalEntry> entries)
    {
        for (var step = 0; step < entries.Count; step++)
        {
            var (request, options) = entries[step].Request(gateway, step, context.Request.Headers);
            var outcome = await retries.DispatchAsync(request, options, context.RequestAborted);
            if (outcome is DispatchOutcome.Answered || step == entries.Count - 1)
            {
                await writer.WriteAsync(context, outcome, step);
                return;
            }
        }
    }
}
