using Orchestrator.Engine.Changes;
using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Others;

/// <summary>
/// Hears what has changed at one other silo, one question at a time, and so much at a time. What is left is not kept for it anywhere: it
/// is where it was, each run once, and next time its turn comes.
/// </summary>
internal sealed class SiloEar(SiloAddress silo, SiloNewsClient client, RunChanges changes)
{
    private readonly SemaphoreSlim _asking = new(1);
    private long _log;
    private long _after;
    private long _moved;

    /// <summary>Completes at once where a question is under way: what it leaves out is for the next one.</summary>
    /// <param name="isWhole">Progress, too.</param>
    /// <param name="most">So many changes.</param>
    /// <param name="isFirst">Nobody has read yet what changed before: nothing is missed by who hears of it from now on only.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    public async Task HearAsync(bool isWhole, int most, bool isFirst, CancellationToken cancellationToken)
    {
        if (!await _asking.WaitAsync(0, CancellationToken.None))
        {
            return;
        }

        try
        {
            var ask = new ChangesAsk { Log = _log, After = _after, Moved = _moved, IsWhole = isWhole, Most = most };
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

        // What moved before the place may since have made progress, and be among what is cut: moves are told from where they were.
        var hasMoved = !isPlace || !told.IsCut;
        (_log, _after, _moved) = (told.Log, isPlace ? told.Number : _after, hasMoved ? told.Number : _moved);
    }
}
