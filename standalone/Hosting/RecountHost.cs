using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Standalone.Hosting;

/// <summary>Counts for the statistics what runs did before this start; requests are answered meanwhile.</summary>
internal sealed class RecountHost(EmbeddedRuns runs, ILogger<RecountHost> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => runs.RecountAsync(stoppingToken), stoppingToken);
        }
        catch (Exception failure) when (failure is JournalUnavailableException or InvalidDataException)
        {
            log.NotRecounted(failure.Message);
        }
    }
}
