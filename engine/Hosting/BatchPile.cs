using System.Runtime.ExceptionServices;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Hosting;

/// <summary>Batches of many runs on their way into the runs' states: folded a pile at a time, on all cores, each run by one of them.</summary>
internal sealed class BatchPile(IReadOnlyDictionary<RunId, RunState> states)
{
    /// <summary>Enough to keep the cores busy for a few milliseconds, little beside what the runs themselves need.</summary>
    private const int Bytes = 4 << 20;

    private readonly Dictionary<RunId, List<EntryBatch>> _batches = [];
    private long _bytes;

    public void Add(RunId run, EntryBatch batch)
    {
        if (!_batches.TryGetValue(run, out var list))
        {
            _batches.Add(run, list = []);
        }

        list.Add(batch);
        _bytes += batch.Data.Length;
        if (_bytes >= Bytes)
        {
            Fold();
        }
    }

    /// <summary>Folds what was added since the last time.</summary>
    /// <exception cref="InvalidDataException">A run can not be folded.</exception>
    public void Fold()
    {
        try
        {
            Parallel.ForEach(_batches, pair =>
            {
                foreach (var batch in pair.Value)
                {
                    states[pair.Key].Apply(batch);
                }
            });
        }
        catch (AggregateException failures) when (failures.InnerException is InvalidDataException unreadable)
        {
            ExceptionDispatchInfo.Throw(unreadable);
        }

        foreach (var list in _batches.Values)
        {
            list.Clear();
        }

        _bytes = 0;
    }
}
