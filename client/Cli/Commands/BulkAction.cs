using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Something that can be done to one run, or to many.</summary>
internal sealed record BulkAction
{
    public required string Verb { get; init; }

    public required string Description { get; init; }

    /// <summary>What is asked before it is done to many, <c>{0}</c> being how many.</summary>
    public required string Question { get; init; }

    /// <summary>The statuses of runs that it does something to.</summary>
    public required IReadOnlyList<RunStatus> Possible { get; init; }

    /// <summary>What to do about a run that it could not be done to because it is active.</summary>
    public required string WhenActive { get; init; }

    public required Func<Session, string, CancellationToken, Task> OneAsync { get; init; }

    public required Func<OrchestratorClient, IEnumerable<string>, CancellationToken, IAsyncEnumerable<BulkResult>> Listed { get; init; }

    public required Func<OrchestratorClient, RunQuery, CancellationToken, IAsyncEnumerable<BulkResult>> Fitting { get; init; }
}
