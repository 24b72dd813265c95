using Orleans.Runtime.Services;

namespace Orchestrator.Grains.Watch;

/// <summary>Calls the watch of another silo.</summary>
internal sealed class RunWatchClient(IServiceProvider services) : GrainServiceClient<IRunWatch>(services)
{
    public Task PrepareAsync(SiloAddress silo, IReadOnlyList<string> runs) => GetGrainService(silo).PrepareAsync(runs);
}
