using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Streams;

/// <summary>Answers with a reader's bytes for as long as there are any.</summary>
internal sealed class StreamResponder(IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static ReadOnlyMemory<byte> KeepAlive { get; } = ": keep-alive\n\n"u8.ToArray();

    public async Task EventsAsync(HttpContext context, IRuns runs, RunId id, long after) =>
        await AnswerAsync(context, await runs.OpenEventsAsync(context.Caller().Tenant, id, after, context.RequestAborted), StatusCodes.Status204NoContent, KeepAlive);

    /// <summary>Nothing but the gateway's bytes: no comments of our own.</summary>
    public async Task UpstreamAsync(HttpContext context, IRuns runs, RunId id, long from) =>
        await AnswerAsync(context, await runs.OpenStreamAsync(context.Caller().Tenant, id, from, context.RequestAborted), StatusCodes.Status200OK, default);

    private async Task AnswerAsync(HttpContext context, OpenedReader opened, int nothingLeft, ReadOnlyMemory<byte> keepAlive)
    {
        switch (opened)
        {
            case OpenedReader.Opened { Reader: var reader }:
                using (reader)
                {
                    Prepare(context);
                    await PumpAsync(context, reader, keepAlive);
                }

                break;
            case OpenedReader.NothingLeft:
                context.Response.StatusCode = nothingLeft;
                if (nothingLeft == StatusCodes.Status200OK)
                {
                    Prepare(context);
                }

                break;
            default:
                await context.WriteProblemAsync(KnownProblems.RunNotFound);
                break;
        }
    }

    private async Task PumpAsync(HttpContext context, IRunReader reader, ReadOnlyMemory<byte> keepAlive)
    {
        // Headers at once: the caller knows that it is attached before the first event is there.
        await context.Response.StartAsync(context.RequestAborted);
        using var left = context.UntilLeft(lifetime.ApplicationStopping, clock);
        var end = await new ReaderPump(reader, context.Response.BodyWriter, keepAlive).RunAsync(left);
        if (end != ReaderReadKind.End)
        {
            // A clean end would be taken for the end of the run; a broken connection brings the client back with its cursor.
            context.Abort();
        }
    }

    /// <summary>Before the headers of an event stream go out.</summary>
    public static void Prepare(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = EventStreamAccept.ContentType;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers.XContentTypeOptions = "nosniff";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // A reader may be as slow as it likes, or stand still: it holds nothing but its own connection.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
