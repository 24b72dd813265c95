using Orchestrator.Api;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Silo.Hosting;

/// <summary>Ready while the silo is an active member of its cluster, commits go through, and it is not on its way out.</summary>
internal sealed class SiloReadiness(
    IRunJournal journal, IClusterMembershipService membership, ILocalSiloDetails here, IHostApplicationLifetime lifetime) : IReadiness
{
    public (bool Ready, string? Reason) Check()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return (false, "This silo is stopping: ask another one.");
        }

        var status = membership.CurrentSnapshot.GetSiloStatus(here.SiloAddress);
        if (status != SiloStatus.Active)
        {
            return (false, $"This silo is not an active member of its cluster (it is {status}). Where that lasts, restart it.");
        }

        var health = journal.Health;
        return (health.Ready, health.Reason);
    }
}
