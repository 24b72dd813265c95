using Microsoft.Extensions.Logging;
using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Runs;

/// <summary>
/// A reminder that wakes the run where everything else forgot it. Most runs are over before a reminder could be of use: it is registered
/// once the run has lasted a while.
/// </summary>
internal sealed class SafetyNet(Grain grain, RunGrainOptions options, ILogger log)
{
    private const string Name = "wake";

    private IGrainTimer? _timer;
    private bool _isSpread;

    public void Spread()
    {
        if (!_isSpread)
        {
            _timer ??= grain.RegisterGrainTimer(RegisterAsync, new GrainTimerCreationOptions(options.ReminderAfter, Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>It is there: this activation or an earlier one has registered it.</summary>
    public void Caught() => _isSpread = true;

    public async Task RemoveAsync()
    {
        _timer?.Dispose();
        _timer = null;
        try
        {
            if (_isSpread && await grain.GetReminder(Name) is { } reminder)
            {
                await grain.UnregisterReminder(reminder);
            }

            _isSpread = false;
        }
        catch (Exception refused)
        {
            // It fires once more, and is removed then.
            log.ReminderRefused(grain.GetGrainId(), "removed", refused.Message);
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        try
        {
            await grain.RegisterOrUpdateReminder(Name, options.ReminderPeriod, options.ReminderPeriod);
            _isSpread = true;
        }
        catch (Exception refused)
        {
            log.ReminderRefused(grain.GetGrainId(), "registered", refused.Message);
        }
    }
}
