using System.Globalization;
using Orchestrator.Emulator.Logs;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;

namespace Orchestrator.Emulator.Http;

/// <summary><c>/emulator/…</c>: faults, counters and the ground truth for tests. Not part of the gateway.</summary>
internal sealed class ControlEndpoints(
    FaultTable faults, SettingsSource settings, Ledger ledger, RunStore runs, LogStore logs, Occasions occasions,
    AnswerCache cache, RateLimits rates)
{
    public async Task PutFaultsAsync(HttpContext context)
    {
        using var body = await Bodies.ReadAsync(context);
        try
        {
            var document = FaultDocument.Parse(body?.RootElement ?? default);
            settings.Check(document.Keys);
            // A slash that the caller escaped comes through the route as it was sent.
            faults.Put(Uri.UnescapeDataString((string)context.Request.RouteValues["model"]!), document);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (BadSettingException bad)
        {
            await Replies.FailAsync(context, Failures.BadRequest(bad.Message));
        }
    }

    public Task DeleteFaultsAsync(HttpContext context)
    {
        faults.Clear();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public Task CountersAsync(HttpContext context) =>
        Replies.JsonAsync(context, ledger.Count(), EmulatorJson.Default.EmulatorCounters);

    public Task ResetAsync(HttpContext context)
    {
        faults.Clear();
        ledger.Clear();
        runs.Clear();
        logs.Clear();
        occasions.Clear();
        cache.Clear();
        rates.Clear();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>The run's stream as it would be without any fault of a connection; <c>?from=N</c>, <c>?comments=false</c>.</summary>
    public async Task BytesAsync(HttpContext context)
    {
        if (runs.Find((string)context.Request.RouteValues["runId"]!) is not { } run)
        {
            await Replies.FailAsync(context, Failures.RunNotFound);
            return;
        }

        var comments = context.Request.Query["comments"] != "false";
        _ = int.TryParse(context.Request.Query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var from);
        using ByteSlab all = new();
        var script = run.Script();
        for (var index = from; index < script.Events; index++)
        {
            script.Write(index, all, comments);
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = all.Length;
        await context.Response.Body.WriteAsync(all.Memory, context.RequestAborted);
    }
}
