using System.Buffers;

namespace Orchestrator.Engine.Execution;

/// <summary>Looks for the last few events, in a row, at the start of the replay or further on.</summary>
internal sealed class TailMatch(IReadOnlyList<ReadOnlyMemory<byte>> expected, int window) : IReplayMatch
{
    private readonly List<byte[]> _seen = [];
    private int _taken;

    public bool IsComplete { get; private set; } = expected.Count == 0;

    public ValueTask<bool> TakeAsync(ReadOnlySequence<byte> raw)
    {
        _seen.Add(raw.ToArray());
        if (_seen.Count > expected.Count)
        {
            _seen.RemoveAt(0);
        }

        IsComplete = _seen.Count == expected.Count && Matches();
        return new ValueTask<bool>(IsComplete || ++_taken < window);
    }

    private bool Matches()
    {
        for (var i = 0; i < expected.Count; i++)
        {
            if (!expected[i].Span.SequenceEqual(_seen[i]))
            {
                return false;
            }
        }

        return true;
    }
}
