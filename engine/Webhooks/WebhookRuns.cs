using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Webhooks;

/// <summary>
/// Runs whose webhooks are not forgotten: a submission is answered when its delivery is durable. A crash before the answer is the
/// client's to repeat, and the repeated submission adds the delivery where it is missing.
/// </summary>
public sealed class WebhookRuns(IRuns runs, IWebhookOutbox outbox, WebhookDispatcher dispatcher) : IRuns
{
    /// <exception cref="JournalUnavailableException">
    /// Nothing was submitted; or, where it is the outbox that can not be written, the run is under way and the same submission, repeated
    /// with its key, will find it.
    /// </exception>
    public async ValueTask<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        var outcome = await runs.SubmitAsync(submission, cancellationToken);
        var run = outcome switch
        {
            SubmitOutcome.Accepted accepted => accepted.Run,
            SubmitOutcome.Repeated repeated => repeated.Run,
            _ => null,
        };
        if (run?.Spec.Webhook is { } webhook)
        {
            var delivery = new WebhookDelivery { Run = run.Id, Tenant = submission.Tenant, Webhook = webhook, CreatedAt = run.CreatedAt };

            // Not cancelled with the caller: the run is there, whether or not anybody hears the answer.
            if (await outbox.TryAddAsync(delivery, CancellationToken.None))
            {
                dispatcher.Take(delivery);
            }
        }

        return outcome;
    }

    public ValueTask<RunView?> GetAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        runs.GetAsync(tenant, id, cancellationToken);

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) => runs.ListAsync(query, cancellationToken);

    public ValueTask<RunView?> CancelAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        runs.CancelAsync(tenant, id, cancellationToken);

    public ValueTask<DeleteOutcome> DeleteAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        runs.DeleteAsync(tenant, id, cancellationToken);

    public ValueTask<OpenedReader> OpenEventsAsync(string tenant, RunId id, long after, CancellationToken cancellationToken) =>
        runs.OpenEventsAsync(tenant, id, after, cancellationToken);

    public ValueTask<OpenedReader> OpenStreamAsync(string tenant, RunId id, long from, CancellationToken cancellationToken) =>
        runs.OpenStreamAsync(tenant, id, from, cancellationToken);

    public ValueTask<bool> WaitForEndAsync(string tenant, RunId id, TimeSpan wait, CancellationToken cancellationToken) =>
        runs.WaitForEndAsync(tenant, id, wait, cancellationToken);

    public ValueTask<LogReply?> GetLogAsync(string tenant, RunId id, CancellationToken cancellationToken) =>
        runs.GetLogAsync(tenant, id, cancellationToken);

    public ValueTask<FeedbackOutcome> SendFeedbackAsync(string tenant, RunId id, LogPatch patch, CancellationToken cancellationToken) =>
        runs.SendFeedbackAsync(tenant, id, patch, cancellationToken);
}
