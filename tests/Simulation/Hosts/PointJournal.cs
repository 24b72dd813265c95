using System.Runtime.CompilerServices;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Simulation.Tests.Hosts;

/// <summary>A journal at each call of which the host may die, before it or after.</summary>
internal sealed class PointJournal(IRunJournal inner, Host host) : IRunJournal
{
    public JournalHealth Health => inner.Health;

    public async ValueTask<CreateOutcome> CreateAsync(NewRun run, EntryBatch first, CancellationToken cancellationToken = default)
    {
        await host.PointAsync("create");
        var outcome = await inner.CreateAsync(run, first, cancellationToken);
        await host.PointAsync("created");
        return outcome is CreateOutcome.Created created ? new CreateOutcome.Created(new PointWriter(created.Writer, host)) : outcome;
    }

    public async ValueTask<IRunWriter?> OpenAsync(RunId id, CancellationToken cancellationToken = default)
    {
        await host.PointAsync("open");
        var writer = await inner.OpenAsync(id, cancellationToken);
        await host.PointAsync("opened");
        return writer is null ? null : new PointWriter(writer, host);
    }

    public async IAsyncEnumerable<EntryBatch> ReadAsync(
        RunId id, long from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await host.PointAsync("read");
        await foreach (var batch in inner.ReadAsync(id, from, cancellationToken))
        {
            yield return batch;
            await host.PointAsync("read on");
        }
    }

    public async IAsyncEnumerable<RunBatch> ReadManyAsync(
        IReadOnlyDictionary<RunId, long> from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await host.PointAsync("read many");
        await foreach (var batch in inner.ReadManyAsync(from, cancellationToken))
        {
            yield return batch;
            await host.PointAsync("read many on");
        }
    }

    public async ValueTask<CheckpointPosition?> FindCheckpointAsync(RunId id, long seq, CancellationToken cancellationToken = default)
    {
        await host.PointAsync("find checkpoint");
        return await inner.FindCheckpointAsync(id, seq, cancellationToken);
    }

    public async ValueTask<RunSummary?> FindAsync(RunId id, CancellationToken cancellationToken = default)
    {
        await host.PointAsync("find");
        return await inner.FindAsync(id, cancellationToken);
    }

    public async ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        await host.PointAsync("list");
        return await inner.ListAsync(query, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(
        Func<RunId, bool>? wanted = null, CancellationToken cancellationToken = default)
    {
        await host.PointAsync("list unfinished");
        return await inner.ListUnfinishedAsync(wanted, cancellationToken);
    }

    public async ValueTask<bool> DeleteAsync(RunId id, CancellationToken cancellationToken = default)
    {
        await host.PointAsync("delete");
        var deleted = await inner.DeleteAsync(id, cancellationToken);
        await host.PointAsync("deleted");
        return deleted;
    }

    public ValueTask<int> ExpireAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken = default) =>
        inner.ExpireAsync(endedBefore, limit, cancellationToken);
}
