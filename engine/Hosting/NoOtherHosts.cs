using Orchestrator.Engine.Statistics;

namespace Orchestrator.Engine.Hosting;

/// <summary>This host serves alone.</summary>
internal sealed class NoOtherHosts : IOtherHosts
{
    public Task HearAsync(bool isWhole, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<HostOverview?>> AskAsync(StatQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HostOverview?>>([]);
}
