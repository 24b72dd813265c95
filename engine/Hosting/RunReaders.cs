using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Hosting;

/// <summary>Opens readers: of a run that is active here, that another host works on, or that has ended.</summary>
internal sealed class RunReaders(RunHost host, RunDirectory directory, IElsewhere elsewhere, EngineOptions options)
{
    private readonly RunServices _services = host.Services;

    public async ValueTask<OpenedReader> OpenEventsAsync(string tenant, RunId id, long after, CancellationToken cancellationToken)
    {
        var run = host.Find(id);
        var summary = run is null ? await directory.FindAsync(tenant, id, cancellationToken) : null;
        if (run is null ? summary is null : run.State.Tenant != tenant)
        {
            return new OpenedReader.NotFound();
        }

        var ended = summary?.Status.IsEnded() == true;
        var start = after == 0 ? null : await _services.Journal.FindCheckpointAsync(id, after, cancellationToken);
        var reader = new EventReader(id, Follow(id, start?.EntryNumber ?? 1, run, ended, options.KeepAlive), start, after);
        if (!ended || after == 0)
        {
            return new OpenedReader.Opened(reader);
        }

        // Only reading tells whether an ended run has anything after that number.
        var ahead = await reader.ReadAsync(cancellationToken);
        if (ahead.Kind == ReaderReadKind.End)
        {
            reader.Dispose();
            return new OpenedReader.NothingLeft();
        }

        return new OpenedReader.Opened(new PeekedReader(reader, ahead));
    }

    public async ValueTask<OpenedReader> OpenStreamAsync(string tenant, RunId id, long from, CancellationToken cancellationToken)
    {
        if (host.Find(id) is { } run)
        {
            return run.State.Tenant == tenant ? Opened(id, from, run, run.State, ended: false) : new OpenedReader.NotFound();
        }

        if (await directory.FindAsync(tenant, id, cancellationToken) is not { } summary)
        {
            return new OpenedReader.NotFound();
        }

        var state = await JournaledState.ReadAsync(_services.Journal, id, cancellationToken);
        return Opened(id, from, null, state, summary.Status.IsEnded());
    }

    private OpenedReader.Opened Opened(RunId id, long from, ActiveRun? run, RunState state, bool ended)
    {
        var (attempt, entry, index) = Serving(state, from);
        return new OpenedReader.Opened(new UpstreamReader(Follow(id, entry, run, ended, Timeout.InfiniteTimeSpan), attempt, index, from));
    }

    private IEntryFollower Follow(RunId id, long from, ActiveRun? run, bool ended, TimeSpan keepAlive) => run is null && !ended
        ? elsewhere.Follow(id, from, keepAlive)
        : new EntryFollower(_services.Journal, id, from, run?.Tail, unfinished: false, _services.Clock, keepAlive);

    /// <summary>The attempt that serves the run, and where its events are read from: the entry, and the index of the next event there.</summary>
    private static (int Attempt, long Entry, long Index) Serving(RunState state, long from)
    {
        lock (state)
        {
            return state.Serving is { } serving
                ? (serving.Number, serving.EntryOfEvent(from), Math.Min(from, serving.Events))
                : (0, 1, 0);
        }
    }
}
