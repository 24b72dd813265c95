namespace Orchestrator.Engine.Changes;

/// <param name="Changes">Each run once, in the order of their last changes.</param>
/// <param name="Position">After them.</param>
/// <param name="TooOld">The place that was asked for is not known here any more: there may have been changes that are not among these.</param>
/// <param name="IsCut">There were more than were asked for: they come after the position.</param>
public sealed record ChangePage(IReadOnlyList<RunChange> Changes, FeedPosition Position, bool TooOld, bool IsCut = false);
