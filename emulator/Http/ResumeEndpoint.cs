using System.Globalization;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;

namespace Orchestrator.Emulator.Http;

/// <summary><c>GET /ai-gateway/gateways/{gateway}/run/{runId}/resume?from=N</c>: replays from event N, then follows the run.</summary>
internal sealed class ResumeEndpoint(RunStore runs, Ledger ledger, OutcomeWriter writer)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var runId = (string)context.Request.RouteValues["runId"]!;
        if (!RunIds.IsWellFormed(runId))
        {
            ledger.OnResume(null);
            await Replies.FailAsync(context, Failures.MalformedRunId);
            return;
        }

        var asked = context.Request.Query["from"].ToString();
        if (!int.TryParse(asked.Length == 0 ? "0" : asked, NumberStyles.None, CultureInfo.InvariantCulture, out var from))
        {
            await Replies.FailAsync(context, Failures.BadRequest("from is an event index, a number from 0."));
            return;
        }

        var run = runs.FindResumable((string)context.Request.RouteValues["gateway"]!, runId);
        ledger.OnResume(run);
        var call = run?.OnResumeCall() ?? 0;
        if (run is null || run.Settings.Expired?.StrikesAt(call) == true)
        {
            await Replies.FailAsync(context, Failures.RunNotFound);
        }
        else if (run.Settings.ResumeFail is { } fail && fail.StrikesAt(call))
        {
            await FailAsync(context, run, fail);
        }
        else
        {
            var shift = run.Settings.Shift is { } off && off.StrikesAt(call) ? off.Value : 0;
            await writer.StreamAsync(context, run, (int)Math.Clamp(from + shift, 0, Math.Max(from, run.Clock.Events)));
        }
    }

    private static async Task FailAsync(HttpContext context, EmulatedRun run, Fault fail)
    {
        if (fail.Value == SettingValue.Reset)
        {
            context.Abort();
            return;
        }

        var failure = Failures.OfStatus((int)fail.Value, run.Wire, run.Model.Slug);
        await Replies.FailAsync(context, failure with { RetryAfter = run.Settings.RetryAfter });
    }
}
