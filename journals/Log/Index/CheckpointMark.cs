using Orchestrator.Engine.Entries;

namespace Orchestrator.Journals.Index;

internal readonly record struct CheckpointMark(LogSegment Segment, long EntryNumber, Checkpoint Checkpoint);
