using Orchestrator.Journals;

namespace Orchestrator.Standalone.Hosting;

/// <param name="Journal">The journal.</param>
/// <param name="Description">Where it is kept, for people: no user, no password.</param>
internal sealed record OpenedJournal(RunJournal Journal, string Description);
