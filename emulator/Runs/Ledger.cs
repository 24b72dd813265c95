using System.Collections.Concurrent;
using Orchestrator.Emulator.Settings;

namespace Orchestrator.Emulator.Runs;

/// <summary>Counts dispatches and resumes: all, by model, and by the caller's key.</summary>
internal sealed class Ledger(RunStore runs, AnswerCache cache)
{
    private readonly ConcurrentDictionary<string, DispatchTally> _byModel = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DispatchTally> _byKey = new(StringComparer.Ordinal);
    private DispatchTally _all = new();

    public void OnDispatch(ModelName model, string? key)
    {
        _all.OnDispatch();
        Of(_byModel, model.AsSent).OnDispatch();
        if (key is not null)
        {
            Of(_byKey, key).OnDispatch();
        }
    }

    /// <param name="run">The run that was asked for, null when there is none.</param>
    public void OnResume(EmulatedRun? run)
    {
        _all.OnResume();
        if (run is null)
        {
            return;
        }

        Of(_byModel, run.Model.AsSent).OnResume();
        if (run.Key is not null)
        {
            Of(_byKey, run.Key).OnResume();
        }
    }

    public EmulatorCounters Count()
    {
        var all = _all.Count();
        return new(all.Dispatches, all.Resumes, Count(_byModel), Count(_byKey), [.. runs.All().Select(static run => run.Count())],
            cache.Hits);
    }

    public void Clear()
    {
        _all = new();
        _byModel.Clear();
        _byKey.Clear();
    }

    private static DispatchTally Of(ConcurrentDictionary<string, DispatchTally> tallies, string name) =>
        tallies.GetOrAdd(name, static _ => new DispatchTally());

    private static SortedDictionary<string, DispatchCounters> Count(ConcurrentDictionary<string, DispatchTally> tallies) =>
        new(tallies.ToDictionary(static t => t.Key, static t => t.Value.Count(), StringComparer.Ordinal), StringComparer.Ordinal);
}
