using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Readers;

/// <summary>Reads a run as the event stream of <c>api.md</c>: whole server-sent events, to the terminal one.</summary>
internal sealed class EventReader : IRunReader
{
    private readonly RunId _run;
    private readonly IEntryFollower _follower;
    private readonly long _skipThrough;
    private ProjectionState _projection;
    private bool _ended;

    /// <param name="run">Which run.</param>
    /// <param name="follower">At the entry that <paramref name="start"/> stands before, or at the first one.</param>
    /// <param name="start">Where the projection stands there.</param>
    /// <param name="after">The first event that is written is the one after this sequence number.</param>
    public EventReader(RunId run, IEntryFollower follower, CheckpointPosition? start, long after)
    {
        _run = run;
        _follower = follower;
        _skipThrough = after;
        _projection = start is null ? default : ProjectionState.FromCheckpoint(start.Checkpoint);
    }

    public async ValueTask<ReaderRead> ReadAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            var read = await _follower.ReadAsync(cancellationToken);
            if (read.Kind != ReaderReadKind.Data)
            {
                // An end without the terminal event is none: the run has been removed under its reader.
                return new ReaderRead(read.Kind == ReaderReadKind.End ? ReaderReadKind.Moved : read.Kind, default);
            }

            var rendered = Render(read);
            _projection = rendered.After;
            _ended = rendered.Ended;
            if (!rendered.Bytes.IsEmpty)
            {
                return new ReaderRead(ReaderReadKind.Data, rendered.Bytes);
            }
        }

        return new ReaderRead(ReaderReadKind.End, default);
    }

    public void Dispose() => _follower.Dispose();

    private RenderedEvents Render(in FollowerRead read)
    {
        var batch = read.Batch!;
        var whole = read.From == batch.FirstNumber && _projection.Seq >= _skipThrough;
        return whole && read.Hot is { } hot
            ? hot.Render(_projection, _run)
            : RenderedEvents.Render(batch, read.From, _projection, _run, _skipThrough);
    }
}
