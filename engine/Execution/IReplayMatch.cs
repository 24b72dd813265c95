using System.Buffers;

namespace Orchestrator.Engine.Execution;

/// <summary>Compares replayed events with what was received before.</summary>
internal interface IReplayMatch
{
    /// <summary>The next event is new.</summary>
    bool IsComplete { get; }

    /// <summary>Takes the next replayed event. False: it can not match any more.</summary>
    ValueTask<bool> TakeAsync(ReadOnlySequence<byte> raw);
}
