using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Readers;

namespace Orchestrator.Grains.Hosting;

/// <summary>Runs that this silo does not work on: their grains do, or will once they are called.</summary>
internal sealed class OtherSilos(IGrainFactory grains, RunServices services, RunGrainOptions options) : IElsewhere
{
    private readonly GrainCalls _calls = new(services.Clock);

    public IEntryFollower Follow(RunId run, long from, TimeSpan keepAlive) => new GrainFollower(grains, services, run, from, keepAlive);

    public async ValueTask CancelAsync(RunId run, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IRunGrain>(run.ToString());
        while (!await _calls.AnsweredAsync(_ => grain.CancelAsync(options.CallWait), cancellationToken))
        {
            // Its journal is out of reach, most likely. The caller's patience is the limit.
        }
    }

    public async ValueTask WaitForEndAsync(RunId run, TimeSpan wait, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IRunGrain>(run.ToString());
        var until = services.Clock.GetUtcNow() + wait;
        for (var left = wait; left > TimeSpan.Zero; left = until - services.Clock.GetUtcNow())
        {
            var step = left < options.CallWait ? left : options.CallWait;
            if (await _calls.AnsweredAsync(_ => grain.WaitForEndAsync(step), cancellationToken))
            {
                return;
            }
        }
    }
}
