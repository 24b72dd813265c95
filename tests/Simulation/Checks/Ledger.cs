using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Simulation.Tests.Runs;

namespace Orchestrator.Simulation.Tests.Checks;

/// <summary>What the journal has acknowledged, and what readers were shown; kept apart from everything that could take it back.</summary>
internal sealed class Ledger(World world)
{
    private readonly Dictionary<RunId, RunRecord> _records = [];

    public IReadOnlyCollection<RunRecord> Records => _records.Values;

    public RunRecord this[RunId id] => _records[id];

    public SimulatedRun RunOf(RunSpec spec) => world.Scenario.Runs[spec.Metadata!.Value.GetProperty("run").GetInt32()];

    public void Committed(RunId id, EntryBatch batch)
    {
        if (!_records.TryGetValue(id, out var record))
        {
            _records.Add(id, record = new RunRecord(world, id));
        }

        record.Add(batch);
        if (record.Run is null)
        {
            record.Run = RunOf(record.State.Spec);
            record.Run.Ids.Add(id);
        }
    }
}
