using Orchestrator.Engine.Journal;

namespace Orchestrator.Standalone.Hosting;

/// <summary>Removes runs that are older than the retention, once an hour.</summary>
internal sealed class RetentionHost(Func<CancellationToken, Task<int>> expire, TimeProvider clock, ILogger<RetentionHost> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                if (await expire(stoppingToken) is > 0 and var count)
                {
                    log.Expired(count);
                }
            }
            catch (JournalUnavailableException unavailable)
            {
                log.NotExpired(unavailable.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
