using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;

namespace Orchestrator.Engine.Hosting;

/// <summary>What operators do beside what <see cref="IRuns"/> has for everybody. Like there, every call names its tenant. Thread-safe.</summary>
public interface IOperations
{
    /// <summary>The changes of this host's runs, and of those of the hosts that serve with it as far as they were heard.</summary>
    RunChanges Changes { get; }

    /// <summary>Hears what has changed at the other hosts, for who reads <see cref="Changes"/>. Completes when they have answered.</summary>
    /// <param name="isWhole">Progress, too, and not only what is more than that.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    Task HearAsync(bool isWhole, CancellationToken cancellationToken);

    /// <summary>What the runs of all hosts did, by time, and which of them need a look.</summary>
    ValueTask<RunOverview> OverviewAsync(StatQuestion question, CancellationToken cancellationToken);

    /// <summary>Stops a run as <see cref="IRuns.CancelAsync"/> does, without reading it.</summary>
    ValueTask<StopOutcome> StopAsync(string tenant, RunId id, CancellationToken cancellationToken);

    /// <summary>What a run was submitted with, its trace too; header values in clear, without its idempotency key. Null: there is no such run.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Its header values can not be opened any more.</exception>
    ValueTask<Submission?> GetSubmissionAsync(string tenant, RunId id, CancellationToken cancellationToken);

    /// <summary>A run's durable entries, from the first one on. Null: there is no such run.</summary>
    ValueTask<IAsyncEnumerable<EntryBatch>?> OpenJournalAsync(string tenant, RunId id, CancellationToken cancellationToken);
}
