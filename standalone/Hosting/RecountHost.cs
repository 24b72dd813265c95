using Orchestrator.Engine.Journal;

namespace Orchestrator.Standalone.Hosting;

/// <summary>Counts for the statistics what runs did before this start; requests are answered meanwhile.</summary>
internal sealed class RecountHost(Func<CancellationToken, Task> recount, ILogger<RecountHost> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => recount(stoppingToken), stoppingToken);
        }
        catch (Exception failure) when (failure is JournalUnavailableException or InvalidDataException)
        {
            log.NotRecounted(failure.Message);
        }
    }
}
