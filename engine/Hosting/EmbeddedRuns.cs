using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Hosting;

/// <summary>Hosts all runs in this process.</summary>
public sealed class EmbeddedRuns : IRuns
{
    private readonly RunServices _services;
    private readonly RunHost _host;
    private readonly RunDesk _desk;

    public EmbeddedRuns(
        IRunJournal journal, IGateway gateway, ISecretSeal seal, EngineOptions options, TimeProvider clock, Random random, ILogger<EmbeddedRuns> log,
        ITurns? turns = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _services = new RunServices(
            journal, gateway, seal, new UpstreamPipelines(options.Resilience, clock), turns ?? new LocalTurns(options.Limits, clock), clock,
            new Jitter(random), log)
        {
            TraceContent = options.TraceContent,
            Prices = options.Prices,
            Pace = new ReadPace(options.ReadBeat, Environment.ProcessorCount, TimeProvider.System),
        };
        _host = new RunHost(_services, options);
        var elsewhere = new NowhereElse(_services);
        _desk = new RunDesk(_host, elsewhere, options);
        Operations = new RunOperations(_host, _desk.Directory, elsewhere, new NoOtherHosts());
    }

    public IOperations Operations { get; }

    /// <summary>Runs that this process works on at present.</summary>
    public int ActiveCount => _host.Count;

    /// <summary>
    /// Takes up every run that has no end, from wherever its journal stops. What the process before this one sent counts towards the
    /// account's limits as if it had been this one.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_services.Turns is LocalTurns turns)
        {
            turns.Restore(await PastRequests.ReadAsync(_services.Journal, turns.RemembersFrom, turns.HasLimits, cancellationToken));
        }

        await _host.TakeUpAsync(await _services.Journal.ListUnfinishedAsync(cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>Counts what runs did before this start. To be called once.</summary>
    /// <exception cref="JournalUnavailableException">Not all is counted.</exception>
    public Task RecountAsync(CancellationToken cancellationToken) =>
        _services.Statistics.RecountAsync(_services.Journal, new HashSet<long> { _services.Changes.Log }, cancellationToken);

    /// <summary>Lets go of every run, in order: nothing is written to them, and the next start goes on with them.</summary>
    public Task StopAsync() => _host.StopAsync();

    public async ValueTask<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        return await _host.CreateAsync(await RunDraft.MakeAsync(submission, _services)) switch
        {
            { View: { } view } => new SubmitOutcome.Accepted(view),
            { Taken: { } taken } => await _desk.RepeatedAsync(taken, submission, cancellationToken),
            _ => new SubmitOutcome.Stopping(),
        };
    }

    public ValueTask<RunView?> GetAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        _desk.GetAsync(tenant, id, cancellationToken);

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) =>
        _desk.ListAsync(query, cancellationToken);

    public ValueTask<RunView?> CancelAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        _desk.CancelAsync(tenant, id, cancellationToken);

    public ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        _desk.DeleteAsync(tenant, id, cancellationToken);

    public ValueTask<OpenedReader> OpenEventsAsync(string tenant, RunId id, long after, CancellationToken cancellationToken) =>
        _desk.Readers.OpenEventsAsync(tenant, id, after, cancellationToken);

    public ValueTask<OpenedReader> OpenStreamAsync(string tenant, RunId id, long from, CancellationToken cancellationToken) =>
        _desk.Readers.OpenStreamAsync(tenant, id, from, cancellationToken);

    public ValueTask<bool> WaitForEndAsync(string tenant, RunId id, TimeSpan wait, CancellationToken cancellationToken) =>
        _desk.WaitForEndAsync(tenant, id, wait, cancellationToken);

    public ValueTask<LogReply?> GetLogAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        _desk.GetLogAsync(tenant, id, cancellationToken);

    public ValueTask<FeedbackOutcome> SendFeedbackAsync(string tenant, RunId id, LogPatch patch, CancellationToken cancellationToken) =>
        _desk.SendFeedbackAsync(tenant, id, patch, cancellationToken);

    /// <summary>Removes runs that are older than the retention; answers how many.</summary>
    public Task<int> ExpireAsync(CancellationToken cancellationToken) => _desk.ExpireAsync(cancellationToken);
}
