using Orchestrator.Engine.Hosting;

namespace Orchestrator.Standalone.Hosting;

/// <summary>
/// Takes up unfinished runs before the first request is answered, and lets go of them as soon as the process is asked to stop: readers
/// are told at once, so that the server has no connections left to wait for.
/// </summary>
internal sealed class RunsHost(EmbeddedRuns runs, IHostApplicationLifetime lifetime, ILogger<RunsHost> log) : IHostedService
{
    private Task _stopped = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await runs.StartAsync(cancellationToken);
        if (runs.ActiveCount > 0)
        {
            log.TookUp(runs.ActiveCount);
        }

        lifetime.ApplicationStopping.Register(() => _stopped = runs.StopAsync());
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopped;
}
