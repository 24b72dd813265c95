using System.IO.Pipelines;
using Orchestrator.Emulator.Runs;

namespace Orchestrator.Emulator.Streaming;

/// <summary>Sends a run's events to one connection: those that are there at once, the others as the generation makes them.</summary>
internal sealed class RunStreamer(TimeProvider time, Ticker ticker)
{
    /// <summary>Enough to make system calls rare, little enough to share a machine.</summary>
    private const int SlabBytes = 48 * 1024;

    /// <summary>The response's headers are set; its body begins here.</summary>
    public async Task SendAsync(HttpContext context, EmulatedRun run, int from)
    {
        try
        {
            await SendAsync(context, run, from, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            run.OnAborted();
        }
    }

    private async Task SendAsync(HttpContext context, EmulatedRun run, int from, CancellationToken gone)
    {
        var faults = ConnectionFaults.Of(run.Settings, run.OnConnection());
        var body = context.Response.BodyWriter;
        await body.FlushAsync(gone);

        using TickWait wait = new(ticker, gone);
        Sending sending = new(run, faults, from);
        using ByteSlab slab = new();
        while (true)
        {
            if (!sending.IsComplete)
            {
                gone.ThrowIfCancellationRequested();
            }

            switch (sending.Next(time.GetTimestamp(), slab, SlabBytes))
            {
                case SendStep.Write:
                    var full = slab.Length >= SlabBytes;
                    await WriteAsync(body, slab, faults.OneByte, gone);
                    slab.Release();
                    if (full)
                    {
                        // Flat out: let the others have the thread, and never hold up the ticker.
                        await Task.Yield();
                    }

                    break;
                case SendStep.WaitForEvent:
                    await wait.UntilAsync(sending.DueAt);
                    break;
                case SendStep.Stall:
                    await wait.UntilGoneAsync();
                    break;
                case SendStep.Break:
                    run.OnBroken();
                    context.Abort();
                    return;
                case SendStep.EndEarly:
                    run.OnBroken();
                    return;
                default:
                    return;
            }
        }
    }

    private static async ValueTask WriteAsync(PipeWriter body, ByteSlab slab, bool oneByte, CancellationToken gone)
    {
        if (!oneByte)
        {
            await body.WriteAsync(slab.Memory, gone);
            return;
        }

        for (var i = 0; i < slab.Length; i++)
        {
            await body.WriteAsync(slab.Memory.Slice(i, 1), gone);
        }
    }
}
