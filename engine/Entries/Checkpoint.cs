namespace Orchestrator.Engine.Entries;

/// <summary>
/// The state of the projection to client events before an entry, so that a reader that resumes far into a run does not project it
/// from the start. Opaque to the journal but for <paramref name="Seq"/>, by which it is found.
/// </summary>
/// <param name="Seq">The sequence number of the last client event before the entry; 0 where there is none.</param>
/// <param name="State">The rest of the projection's state; a few bytes.</param>
public sealed record Checkpoint(long Seq, ReadOnlyMemory<byte> State);
