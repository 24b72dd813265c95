using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Journal;

/// <param name="EntryNumber">The entry that the checkpoint stands before.</param>
/// <param name="Checkpoint">The projection's state there.</param>
public sealed record CheckpointPosition(long EntryNumber, Checkpoint Checkpoint);
