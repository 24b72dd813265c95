using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;

namespace Orchestrator.Engine.Hosting;

/// <summary>What operators do beside what <see cref="IRuns"/> has for everybody. Like there, every call names its tenant. Thread-safe.</summary>
public interface IOperations
{
    /// <summary>The changes of this host's runs.</summary>
    RunChanges Changes { get; }

    /// <summary>What runs did, by time.</summary>
    RunStatistics Statistics { get; }

    /// <summary>Runs of this host that wait for their turn.</summary>
    int Queued(string tenant);

    /// <summary>Runs of this host that somebody should look at, the longest in trouble first; not more than a hundred.</summary>
    IReadOnlyList<RunAttention> Attention(string tenant);

    /// <summary>Stops a run as <see cref="IRuns.CancelAsync"/> does, without reading it.</summary>
    ValueTask<StopOutcome> StopAsync(string tenant, RunId id, CancellationToken cancellationToken);

    /// <summary>What a run was submitted with, header values in clear, without its idempotency key. Null: there is no such run.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Its header values can not be opened any more.</exception>
    ValueTask<Submission?> GetSubmissionAsync(string tenant, RunId id, CancellationToken cancellationToken);

    /// <summary>A run's durable entries, from the first one on. Null: there is no such run.</summary>
    ValueTask<IAsyncEnumerable<EntryBatch>?> OpenJournalAsync(string tenant, RunId id, CancellationToken cancellationToken);
}
