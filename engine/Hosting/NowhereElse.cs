using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Hosting;

/// <summary>There is one host: a run that it does not work on waits for its next start.</summary>
internal sealed class NowhereElse(RunServices services) : IElsewhere
{
    public IEntryFollower Follow(RunId run, long from, TimeSpan keepAlive) =>
        new EntryFollower(services.Journal, run, from, null, unfinished: true, services.Clock, keepAlive);

    public ValueTask CancelAsync(RunId run, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask WaitForEndAsync(RunId run, TimeSpan wait, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
