namespace Orchestrator.Client;

/// <summary>An event stream that ended before its run did.</summary>
/// <param name="Reason">How it ended.</param>
/// <param name="After">The cursor: the last event that was read.</param>
/// <param name="Tries">Drops since the last event, this one included.</param>
/// <param name="Delay">The wait before the next try.</param>
/// <param name="Cause">What was seen of it; null for <see cref="DropReason.EndedEarly"/> and <see cref="DropReason.Silent"/>.</param>
public sealed record WatchDrop(DropReason Reason, long After, int Tries, TimeSpan Delay, Exception? Cause);
