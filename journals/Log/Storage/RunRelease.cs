using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Storage;

/// <summary>An orderly end of ownership. Without effect where the row names another owner or epoch by now.</summary>
internal readonly record struct RunRelease(RunId Run, long Epoch);
