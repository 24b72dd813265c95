namespace Orchestrator.Gateway;

/// <summary>What <see cref="IEventStream.WaitAsync"/> waited for. The numbers never change.</summary>
public enum StreamSignalKind : byte
{
    /// <summary>At least one complete event can be taken.</summary>
    Events = 1,

    /// <summary>The other side ended the stream in order. Whether the answer is complete, its events say.</summary>
    CleanEnd = 2,

    /// <summary>The connection broke, or what came can not be taken. <see cref="StreamSignal.Error"/> is set.</summary>
    Broken = 3,
}
