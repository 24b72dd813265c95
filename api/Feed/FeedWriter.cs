using System.Buffers;
using System.IO.Pipelines;
using Orchestrator.Engine.Changes;

namespace Orchestrator.Api.Feed;

/// <summary>
/// One feed: a place in the changes, and a connection. A connection that is slow misses moments, and is told later what has become of the
/// runs meanwhile: nothing is kept for it.
/// </summary>
internal sealed class FeedWriter(RunChanges changes, FeedClock clock, TimeProvider time, PipeWriter output)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Until the client has gone, or it is cancelled.</summary>
    public async Task RunAsync(FeedQuestion question, CancellationToken cancellationToken)
    {
        // The place at once: who is cut off before the first change comes back with it.
        FeedFrame.WriteId(output, question.After);
        var (isOpen, written) = (await FlushAsync(cancellationToken), time.GetTimestamp());
        while (isOpen)
        {
            var tick = await clock.NextAsync(cancellationToken);
            var frame = tick.Frame(question, changes);
            question = question with { After = frame.After, Moved = frame.Moved };
            if (frame.Bytes.Length > 0)
            {
                output.Write(frame.Bytes.Span);
            }
            else if (time.GetElapsedTime(written) >= KeepAlive)
            {
                // With the place: changes of others move it on.
                output.Write(": keep-alive\n"u8);
                FeedFrame.WriteId(output, question.After);
            }
            else
            {
                continue;
            }

            (isOpen, written) = (await FlushAsync(cancellationToken), time.GetTimestamp());
        }
    }

    private async ValueTask<bool> FlushAsync(CancellationToken cancellationToken) =>
        await output.FlushAsync(cancellationToken) is { IsCompleted: false, IsCanceled: false };
}
