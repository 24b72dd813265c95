using System.Buffers;

namespace Orchestrator.Engine.Execution;

/// <summary>Compares a replay from the first event on with all that was received before.</summary>
internal sealed class WholeMatch(IAsyncEnumerator<ReadOnlyMemory<byte>> expected, long count) : IReplayMatch
{
    private long _matched;

    public bool IsComplete => _matched == count;

    public async ValueTask<bool> TakeAsync(ReadOnlySequence<byte> raw)
    {
        // The sequence lives until the next wait on the stream; the journal may have to be read in between.
        var replayed = raw.ToArray();
        if (!await expected.MoveNextAsync() || !expected.Current.Span.SequenceEqual(replayed))
        {
            return false;
        }

        _matched++;
        return true;
    }
}
