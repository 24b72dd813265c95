using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Runs;

/// <summary>One dispatch that the model answered. It holds what its bytes follow from, not the bytes.</summary>
internal sealed class EmulatedRun
{
    private int _connections;
    private int _resumeCalls;
    private long _events;
    private long _bytes;
    private int _aborted;
    private int _broken;

    public EmulatedRun(TimeProvider time, RunSettings settings, Wire wire, Answer answer)
    {
        Settings = settings;
        Wire = wire;
        Answer = answer;
        Clock = new RunClock(time, Script().Events, settings.FirstMs, settings.Rate);
    }

    public required string Id { get; init; }

    public required string LogId { get; init; }

    public required string Gateway { get; init; }

    public required ModelName Model { get; init; }

    /// <summary>The caller's own key for the dispatch, if it gave one.</summary>
    public required string? Key { get; init; }

    /// <summary>Whether callers learn the run's id and can resume it.</summary>
    public required bool Resumable { get; init; }

    public RunSettings Settings { get; }

    public Wire Wire { get; }

    public Answer Answer { get; }

    public RunClock Clock { get; }

    /// <summary>The events, rendered anew for each reader: cheap, and a paced run holds next to nothing.</summary>
    public EventScript Script() => EventScriptBuilder.Build(Wire, Answer, Settings);

    /// <summary>Counts a connection that streams, and says which one it is, from 0.</summary>
    public int OnConnection() => Interlocked.Increment(ref _connections) - 1;

    /// <summary>Counts a resume call, and says which one it is, from 0.</summary>
    public int OnResumeCall() => Interlocked.Increment(ref _resumeCalls) - 1;

    public void OnSent(int events, long bytes)
    {
        Interlocked.Add(ref _events, events);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>The reader went away before the end.</summary>
    public void OnAborted() => Interlocked.Increment(ref _aborted);

    /// <summary>A fault broke the connection.</summary>
    public void OnBroken() => Interlocked.Increment(ref _broken);

    public RunCounters Count() => new(
        Id,
        Resumable,
        LogId,
        Model.AsSent,
        Key,
        Dispatches: 1,
        Volatile.Read(ref _resumeCalls),
        Volatile.Read(ref _connections),
        Clock.Events,
        Interlocked.Read(ref _events),
        Interlocked.Read(ref _bytes),
        Volatile.Read(ref _aborted),
        Volatile.Read(ref _broken),
        Clock.DueAt(0));
}
