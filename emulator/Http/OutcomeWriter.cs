using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Streaming;

namespace Orchestrator.Emulator.Http;

/// <summary>Sends what became of a dispatch.</summary>
internal sealed class OutcomeWriter(TimeProvider time, Ticker ticker, RunStreamer streamer, IHostApplicationLifetime host)
{
    /// <param name="context">The request.</param>
    /// <param name="outcome">What to send.</param>
    /// <param name="step">The entry of a universal request that was served.</param>
    /// <param name="enveloped">Whether JSON goes in Cloudflare's envelope, as the REST API has it.</param>
    public async Task WriteAsync(HttpContext context, DispatchOutcome outcome, int? step = null, bool enveloped = false)
    {
        using var ending = EndWithHost(context);
        await HoldAsync(context, outcome.HoldUntil);
        if (context.RequestAborted.IsCancellationRequested)
        {
            (outcome as DispatchOutcome.Answered)?.Run.OnAborted();
            return;
        }

        var headers = context.Response.Headers;
        if (outcome.LogId is not null)
        {
            headers[Headers.LogId] = outcome.LogId;
        }

        if (step is int served)
        {
            headers[Headers.Step] = served.ToString(CultureInfo.InvariantCulture);
        }

        switch (outcome)
        {
            case DispatchOutcome.Refused:
                context.Abort();
                break;
            case DispatchOutcome.Failed failed:
                await Replies.FailAsync(context, failed.Failure);
                break;
            case DispatchOutcome.Answered { Stream: true } answered:
                headers[Headers.CacheStatus] = answered.Cached ? "HIT" : "MISS";
                if (answered.Run.Resumable)
                {
                    headers[Headers.RunId] = answered.Run.Id;
                }

                await SendAsync(context, answered.Run, 0);
                break;
            case DispatchOutcome.Answered answered:
                headers[Headers.CacheStatus] = answered.Cached ? "HIT" : "MISS";
                await WholeAsync(context, answered.Run, enveloped);
                break;
        }
    }

    /// <summary>Streams a run from an event on.</summary>
    public async Task StreamAsync(HttpContext context, EmulatedRun run, int from)
    {
        using var ending = EndWithHost(context);
        await SendAsync(context, run, from);
    }

    private Task SendAsync(HttpContext context, EmulatedRun run, int from)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            // A reader may be slow, and a stalled stream sends nothing: neither is for the server to punish.
            rate.MinDataRate = null;
        }

        return streamer.SendAsync(context, run, from);
    }

    // A stream may last for hours: it must not hold up the host's stop.
    private CancellationTokenRegistration EndWithHost(HttpContext context) =>
        host.ApplicationStopping.UnsafeRegister(static state => ((HttpContext)state!).Abort(), context);

    private async Task WholeAsync(HttpContext context, EmulatedRun run, bool enveloped)
    {
        await HoldAsync(context, run.Clock.EndsAt);
        using ByteSlab answer = new();
        if (run.Wire.ContentTypeOf(run.Answer) is { } contentType)
        {
            run.Wire.WriteWhole(run.Answer, answer);
            run.OnSent(0, answer.Length);
            await Replies.BytesAsync(context, contentType, answer.Memory);
            return;
        }

        answer.Write(enveloped ? "{\"result\":"u8 : default);
        run.Wire.WriteWhole(run.Answer, answer);
        answer.Write(enveloped ? ",\"success\":true,\"errors\":[],\"messages\":[]}"u8 : default);
        run.OnSent(0, answer.Length);
        await Replies.JsonAsync(context, answer.Memory);
    }

    private async ValueTask HoldAsync(HttpContext context, long until)
    {
        if (time.GetTimestamp() < until)
        {
            using TickWait wait = new(ticker, context.RequestAborted);
            await wait.UntilAsync(until);
        }
    }
}
