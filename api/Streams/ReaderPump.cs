using System.Buffers;
using System.IO.Pipelines;
using Orchestrator.Engine.Readers;

namespace Orchestrator.Api.Streams;

/// <summary>
/// Moves a reader's bytes to a connection. What is there at once goes out in one flush; nothing is allocated per read, and for a slow
/// connection nothing is read ahead.
/// </summary>
/// <param name="reader">The caller disposes it.</param>
/// <param name="output">Completed by the server.</param>
/// <param name="keepAlive">Sent when the reader is quiet; empty for nothing.</param>
internal sealed class ReaderPump(IRunReader reader, PipeWriter output, ReadOnlyMemory<byte> keepAlive)
{
    private const int FlushAt = 64 * 1024;

    /// <param name="left">Cancelled from outside when the client has gone or the service stops, and by this when the output is closed.</param>
    /// <returns><see cref="ReaderReadKind.End"/> where all was sent; <see cref="ReaderReadKind.Moved"/> where the connection must break.</returns>
    public async Task<ReaderReadKind> RunAsync(CancellationTokenSource left)
    {
        // The headers are still to go out.
        var isDirty = true;
        var unflushed = 0;
        try
        {
            while (true)
            {
                var next = reader.ReadAsync(left.Token);
                if (unflushed >= FlushAt || (isDirty && !next.IsCompleted))
                {
                    if (!await TryFlushAsync(left))
                    {
                        await next;
                        return ReaderReadKind.Moved;
                    }

                    (isDirty, unflushed) = (false, 0);
                }

                var read = await next;
                if (read.Kind is ReaderReadKind.End or ReaderReadKind.Moved)
                {
                    return !isDirty || await TryFlushAsync(left) ? read.Kind : ReaderReadKind.Moved;
                }

                var bytes = read.Kind == ReaderReadKind.Quiet ? keepAlive : read.Bytes;
                output.Write(bytes.Span);
                unflushed += bytes.Length;
                isDirty = true;
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return ReaderReadKind.Moved;
        }
    }

    /// <summary>False: nobody takes it any more, and a read that is under way is told so.</summary>
    private async ValueTask<bool> TryFlushAsync(CancellationTokenSource left)
    {
        try
        {
            if (await output.FlushAsync(left.Token) is { IsCompleted: false, IsCanceled: false })
            {
                return true;
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return false;
        }

        await left.CancelAsync();
        return false;
    }
}
