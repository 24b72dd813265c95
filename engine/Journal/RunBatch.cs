using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

/// <summary>A batch of one run among those of several.</summary>
public readonly record struct RunBatch(RunId Run, EntryBatch Batch);
