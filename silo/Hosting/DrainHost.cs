using Orchestrator.Grains.Hosting;

namespace Orchestrator.Silo.Hosting;

/// <summary>
/// Empties the silo as soon as the process is asked to stop. Registered after Orleans, so that it is stopped before: runs leave while their
/// silo is still a member.
/// </summary>
internal sealed class DrainHost(RunDrain drain, IHostApplicationLifetime lifetime) : IHostedService
{
    private readonly CancellationTokenSource _late = new();
    private Task _drained = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => _drained = Task.Run(() => drain.RunAsync(_late.Token)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var late = cancellationToken.Register(_late.Cancel);
        try
        {
            await _drained;
        }
        catch (OperationCanceledException) when (_late.IsCancellationRequested)
        {
            // There is no more time: the other silos take what is left from the journal.
        }
    }
}
