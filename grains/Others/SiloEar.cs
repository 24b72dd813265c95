using Orchestrator.Engine.Changes;
using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Others;

/// <summary>Hears what has changed at one other silo, one question at a time.</summary>
internal sealed class SiloEar(SiloAddress silo, SiloNewsClient client, RunChanges changes)
{
    private readonly SemaphoreSlim _asking = new(1);
    private long _log;
    private long _after;
    private long _moved;

    /// <summary>Completes at once where a question is under way: what it leaves out is for the next one.</summary>
    /// <param name="isWhole">Progress, too.</param>
    /// <param name="isFirst">Nobody has read yet what changed before: nothing is missed by who hears of it from now on only.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    public async Task HearAsync(bool isWhole, bool isFirst, CancellationToken cancellationToken)
    {
        if (!await _asking.WaitAsync(0, CancellationToken.None))
        {
            return;
        }

        try
        {
            var ask = new ChangesAsk { Log = _log, After = _after, Moved = _moved, IsWhole = isWhole };
            if (await client.AskAsync(silo, news => news.ChangesAsync(ask), cancellationToken) is { } told)
            {
                Take(ask, told, isFirst);
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    private void Take(ChangesAsk ask, SiloChanges told, bool isFirst)
    {
        if (told.IsGap || (ask.Log == 0 && !isFirst))
        {
            changes.Missed();
        }

        foreach (var change in told.Changes)
        {
            changes.Told(Wire.From(change));
        }

        var isPlace = ask.IsWhole || told.IsGap || ask.Log == 0;
        (_log, _after, _moved) = (told.Log, isPlace ? told.Number : _after, told.Number);
    }
}
