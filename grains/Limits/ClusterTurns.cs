using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Limits;

/// <summary>Turns that the whole cluster shares, where a limit is set; this silo's own counting where none is.</summary>
internal sealed class ClusterTurns(
    IGrainFactory grains, ILocalSiloDetails here, EngineOptions engine, RunGrainOptions options, TimeProvider clock, ILogger<ClusterTurns> log)
    : ITurns
{
    private readonly LocalTurns _own = new(engine.Limits, clock);
    private readonly ConcurrentDictionary<string, LimitOfCluster> _limits = new(StringComparer.Ordinal);

    public ValueTask<TurnAnswer> AskAsync(TurnRequest request) =>
        LimitOf(request) is { } limit ? new(limit.AskAsync(request)) : _own.AskAsync(request);

    public IPlaceInLine Enter(TurnRequest request, CancellationToken leave) =>
        LimitOf(request) is { } limit ? limit.Enter(request, leave) : _own.Enter(request, leave);

    /// <summary>What this silo holds.</summary>
    public HeldTurn[] Held(string limit) => _limits.TryGetValue(limit, out var known) ? known.Holdings.Held() : [];

    private LimitOfCluster? LimitOf(TurnRequest request) => LimitKey.Of(engine.Limits, request) is not { } key ? null : _limits.GetOrAdd(
        key, static (key, turns) => turns.Open(key), this);

    private LimitOfCluster Open(string key)
    {
        var grain = grains.GetGrain<ILimitGrain>(key);
        var holdings = new Holdings(key, grain, here.SiloAddress, options.TurnLease, LimitKey.LongestWindow(engine.Limits), clock, log);
        return new LimitOfCluster(key, grain, here.SiloAddress, holdings, options, clock, log);
    }
}
