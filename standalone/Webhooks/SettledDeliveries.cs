using System.Globalization;
using Orchestrator.Engine.Webhooks;

namespace Orchestrator.Standalone.Webhooks;

/// <summary>
/// What remains of deliveries that are settled: an empty file each, in a directory per day of their runs' submission, so that old ones
/// go a day at a time.
/// </summary>
internal sealed class SettledDeliveries(string directory, TimeSpan rememberFor, TimeProvider clock, ILogger log)
{
    private const string DayFormat = "yyyyMMdd";

    private readonly Lock _lock = new();
    private DateOnly _sweptOn;

    public bool Contains(WebhookDelivery delivery) => File.Exists(PathOf(delivery));

    public void Add(WebhookDelivery delivery)
    {
        SweepDaily();
        var path = PathOf(delivery);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Create(path).Dispose();
    }

    private void SweepDaily()
    {
        var now = clock.GetUtcNow();
        var today = DayOf(now);
        lock (_lock)
        {
            if (_sweptOn == today)
            {
                return;
            }

            _sweptOn = today;
        }

        try
        {
            Sweep(DayOf(now - rememberFor));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.NotSwept(directory, failure.Message);
        }
    }

    private void Sweep(DateOnly oldest)
    {
        Directory.CreateDirectory(directory);
        foreach (var path in Directory.EnumerateDirectories(directory))
        {
            var name = Path.GetFileName(path);
            if (DateOnly.TryParseExact(name, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < oldest)
            {
                Directory.Delete(path, recursive: true);
            }
        }
    }

    private string PathOf(WebhookDelivery delivery) =>
        Path.Combine(directory, DayOf(delivery.CreatedAt).ToString(DayFormat, CultureInfo.InvariantCulture), delivery.Run.ToString());

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
