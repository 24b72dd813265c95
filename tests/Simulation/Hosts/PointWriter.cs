using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Simulation.Tests.Hosts;

internal sealed class PointWriter(IRunWriter inner, Host host) : IRunWriter
{
    public RunId Id => inner.Id;

    public long Epoch => inner.Epoch;

    public long LastNumber => inner.LastNumber;

    public bool TakenOver => inner.TakenOver;

    public async ValueTask AppendAsync(EntryBatch batch, RunSummary? summary = null)
    {
        await host.PointAsync("append");
        await inner.AppendAsync(batch, summary);
        await host.PointAsync("appended");
    }

    public async ValueTask ReleaseAsync()
    {
        await host.PointAsync("release");
        await inner.ReleaseAsync();
        await host.PointAsync("released");
    }
}
