using Orchestrator.Engine.Journal;

namespace Orchestrator.Engine.Hosting;

/// <summary>What became of a draft.</summary>
/// <param name="Run">The new run, under way; null where nothing was made.</param>
/// <param name="View">The run as it was submitted.</param>
/// <param name="Taken">Why nothing was made: the idempotency key belongs to another run.</param>
internal sealed record CreatedRun(ActiveRun? Run, RunView? View, CreateOutcome.KeyTaken? Taken);
