using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Simulation.Tests.Runs;

namespace Orchestrator.Simulation.Tests.Checks;

/// <summary>One run: its durable entries, and the one stream of events that all readers must see.</summary>
internal sealed class RunRecord(World world, RunId id)
{
    private readonly List<string> _events = [];

    public RunId Id => id;

    public SimulatedRun? Run { get; set; }

    public List<EntryBatch> Batches { get; } = [];

    public RunState State { get; } = new();

    /// <summary>Unix milliseconds. Later than its creation where its host stood still in between.</summary>
    public long DurableAt { get; private set; }

    public bool IsDeleted { get; set; }

    /// <summary>What readers were shown so far; the first is number 1.</summary>
    public IReadOnlyList<string> Events => _events;

    public void Add(EntryBatch batch)
    {
        DurableAt = Batches.Count == 0 ? world.Clock.NowMs : DurableAt;
        Batches.Add(batch);
        State.Apply(batch);
        if (world.IsTracing)
        {
            foreach (var entry in batch)
            {
                world.Trace($"{id} entry {entry.Number} {entry.Kind} {Text(entry)}");
            }
        }
    }

    /// <summary>A reader got an event: it must be durable, and the same as any other reader got.</summary>
    public void Seen(long seq, string text)
    {
        world.Check(seq <= State.Seq, $"{id}: a reader got event {seq} before it was durable (the journal has {State.Seq})");
        if (seq == _events.Count + 1)
        {
            _events.Add(text);
        }
        else if (seq > _events.Count)
        {
            world.Fail($"{id}: a reader got event {seq} after {_events.Count}");
        }
        else
        {
            world.Check(_events[(int)seq - 1] == text, $"{id}: event {seq} was\n{_events[(int)seq - 1]}\nand is now\n{text}");
        }
    }

    private static string Text(EntryView entry) =>
        entry.Kind is EntryKind.RunSubmitted ? "" : Encoding.UTF8.GetString(entry.Payload.Span).Trim();
}
