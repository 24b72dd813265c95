using System.Collections.Concurrent;
using Orchestrator.Engine.Changes;

namespace Orchestrator.Api.Feed;

/// <summary>A moment at which all feeds look. Those that ask for the same get the same: it is read and written out once.</summary>
/// <param name="isWhole">Whether progress is told, too, and not only what is more than that.</param>
internal sealed class FeedTick(bool isWhole)
{
    private readonly ConcurrentDictionary<FeedQuestion, Lazy<FeedFrame>> _frames = new();

    public FeedFrame Frame(FeedQuestion question, RunChanges changes) =>
        _frames.GetOrAdd(question, asked => new Lazy<FeedFrame>(() => FeedFrame.Read(asked, changes, isWhole))).Value;
}
