using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Simulation.Tests.Runs;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Scheduling;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Simulation.Tests.Hosts;

/// <summary>One life of a process: a lane, and the whole of what a production host has, on ports at each of which it may die.</summary>
internal sealed class Host
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly World _world;
    private readonly MemoryJournal _journal;
    private readonly List<Action> _calls = [];
    private readonly HashSet<RunId> _cancelled = [];

    public Host(World world, int number, EngineOptions options)
    {
        _world = world;
        Name = $"host{number}";
        Lane = world.Scheduler.AddLane(Name);
        _journal = new MemoryJournal(world.Store, world.JournalOptions);
        Runs = new EmbeddedRuns(
            new PointJournal(_journal, this),
            new PointGateway(world.Gateway, this),
            new PlainSeal(),
            options,
            new LaneClock(world.Clock, Lane),
            new Random(world.Random.Next()),
            new TraceLog(world, Name));
    }

    public string Name { get; }

    public Lane Lane { get; }

    public EmbeddedRuns Runs { get; }

    /// <summary>Nothing of it ever runs again.</summary>
    public bool IsDead => Lane.IsDropped;

    /// <summary>It takes no calls: it is dead, suspended or replaced.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Called when it leaves the service, however.</summary>
    public Action<Host, PointAct>? Left { get; set; }

    /// <summary>Called when it dies after it had left: whatever it took up or made since it came back has nobody then.</summary>
    public Action? DiedLate { get; set; }

    /// <summary>A call from outside, in the host's own lane.</summary>
    /// <exception cref="HostGoneException">The host went away under it.</exception>
    public async Task<T> CallAsync<T>(Func<EmbeddedRuns, Task<T>> call)
    {
        if (IsGone)
        {
            throw new HostGoneException();
        }

        var gone = new TaskCompletionSource<T>();
        Action fail = () => gone.TrySetException(new HostGoneException());
        _calls.Add(fail);
        var first = await Task.WhenAny(Lane.Run(() => call(Runs)), gone.Task);
        _calls.Remove(fail);
        return await first;
    }

    /// <summary>Each call of a port passes here, before and after.</summary>
    public Task PointAsync(string what)
    {
        if (_world.IsTracing)
        {
            _world.Trace($"{Name} at {what}");
        }

        if (IsDead)
        {
            return Never;
        }

        switch (IsGone ? PointAct.None : _world.Chaos.At(_world.Clock.NowMs))
        {
            case PointAct.Crash:
                Crash(what);
                return Never;
            case PointAct.Suspend:
                Suspend(what);
                return YieldAsync();
            default:
                return Task.CompletedTask;
        }
    }

    /// <summary>From here on it must not go upstream for that run any more.</summary>
    public void Cancelled(RunId run) => _cancelled.Add(run);

    /// <summary>It goes upstream for a run; some runs are too much for it.</summary>
    public void GoesUpstream(RunId run, KillPoint how)
    {
        if (IsDead)
        {
            return;
        }

        _world.Check(!_cancelled.Contains(run), $"{run} was cancelled at {Name}, and then came a {how}");
        var simulated = _world.Ledger[run].Run!;
        if (simulated.Kills == how && simulated.KillsLeft > 0)
        {
            simulated.KillsLeft--;
            Crash($"{run}, which takes its host down");
        }
    }

    public void Crash(string where)
    {
        if (IsDead)
        {
            return;
        }

        _world.Trace($"{Name} crashes at {where}");
        Lane.Drop();
        _journal.Crash();
        if (IsGone)
        {
            DiedLate?.Invoke();
        }

        Leave(PointAct.Crash);
    }

    /// <summary>It stands still, and is taken for dead. It may come back.</summary>
    public void Suspend(string where)
    {
        _world.Trace($"{Name} is suspended at {where}");
        Lane.Suspend();
        Leave(PointAct.Suspend);
    }

    public void Resume()
    {
        _world.Trace($"{Name} comes back");
        Lane.Resume();
    }

    /// <summary>Takes no more calls; what is under way ends for its callers.</summary>
    public void Leave(PointAct act)
    {
        if (IsGone)
        {
            return;
        }

        IsGone = true;
        foreach (var fail in _calls.ToArray())
        {
            fail();
        }

        Left?.Invoke(this, act);
    }

    private static async Task YieldAsync() => await Task.Yield();
}
