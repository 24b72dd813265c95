using Microsoft.Extensions.Logging;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;
using Orleans.Runtime.Services;

namespace Orchestrator.Grains.Others;

/// <summary>Asks the other silos of the cluster.</summary>
internal sealed class SiloNewsClient(
    IServiceProvider services, ILocalSiloDetails here, IClusterMembershipService membership, TimeProvider clock, ILogger<SiloNewsClient> log)
    : GrainServiceClient<ISiloNews>(services)
{
    /// <summary>Operators look at what the others told meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Members beside this silo, those on their way out among them: they work on their runs to the last.</summary>
    public IReadOnlyList<SiloAddress> Others =>
    [
        .. membership.CurrentSnapshot.Members.Values
            .Where(static member => member.Status is SiloStatus.Active or SiloStatus.ShuttingDown)
            .Select(static member => member.SiloAddress).Where(silo => !silo.Equals(here.SiloAddress)),
    ];

    /// <summary>Those that died or left, of the last day or so.</summary>
    public IReadOnlyList<SiloAddress> Gone =>
        [.. membership.CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Dead).Select(static member => member.SiloAddress)];

    /// <summary>Null: the silo did not answer in time, or is gone.</summary>
    public async Task<T?> AskAsync<T>(SiloAddress silo, Func<ISiloNews, Task<T>> question, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await question(GetGrainService(silo)).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && GrainFaults.IsPassing(failure))
        {
            log.NotTold(silo, failure.Message);
            return null;
        }
    }
}
