using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Hosting;

/// <summary>
/// All runs of the service, wherever they are hosted: what the HTTP API is written on. Every call names the tenant it speaks for; a
/// run of another tenant is one that does not exist. Thread-safe.
/// </summary>
public interface IRuns
{
    /// <exception cref="JournalUnavailableException">Nothing was submitted.</exception>
    ValueTask<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken);

    /// <summary>Null: there is no such run.</summary>
    ValueTask<RunView?> GetAsync(string tenant, RunId id, CancellationToken cancellationToken);

    ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken);

    /// <summary>Stops the run, and its upstream; answers when that is durable. Null: there is no such run.</summary>
    ValueTask<RunView?> CancelAsync(string tenant, RunId id, CancellationToken cancellationToken);

    ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken);

    /// <summary>The run's events after sequence number <paramref name="after"/>.</summary>
    ValueTask<OpenedReader> OpenEventsAsync(string tenant, RunId id, long after, CancellationToken cancellationToken);

    /// <summary>The upstream's own bytes from event index <paramref name="from"/> on.</summary>
    ValueTask<OpenedReader> OpenStreamAsync(string tenant, RunId id, long from, CancellationToken cancellationToken);

    /// <summary>Completes when the run has ended, or the time is up. False: there is no such run.</summary>
    ValueTask<bool> WaitForEndAsync(string tenant, RunId id, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>The gateway's log of the serving attempt. Null: there is no such run, or no log of it.</summary>
    ValueTask<LogReply?> GetLogAsync(string tenant, RunId id, CancellationToken cancellationToken);

    ValueTask<FeedbackOutcome> SendFeedbackAsync(string tenant, RunId id, LogPatch patch, CancellationToken cancellationToken);
}
