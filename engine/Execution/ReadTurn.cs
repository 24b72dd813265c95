using System.Threading.Tasks.Sources;

namespace Orchestrator.Engine.Execution;

/// <summary>One connection's place to wait at a <see cref="ReadPace"/>, without an allocation per wait. One wait at a time.</summary>
internal sealed class ReadTurn : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source;

    /// <summary>The tick of the pace that it comes at, or came.</summary>
    public long Due { get; set; }

    public ValueTask Start()
    {
        _source.Reset();
        return new ValueTask(this, _source.Version);
    }

    /// <summary>What waits goes on before this returns.</summary>
    public void Come() => _source.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
