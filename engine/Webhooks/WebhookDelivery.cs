using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Webhooks;

/// <summary>What a receiver is owed: to be told how one run ended. A run has at most one.</summary>
public sealed record WebhookDelivery
{
    public required RunId Run { get; init; }

    public required string Tenant { get; init; }

    public required WebhookSpec Webhook { get; init; }

    /// <summary>When the run was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tries that failed so far.</summary>
    public int Tries { get; init; }

    /// <summary>When the first of them failed; null before.</summary>
    public DateTimeOffset? FirstTryAt { get; init; }

    /// <summary>No try before this time; null: as soon as the run has ended.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>
    /// The header <c>webhook-id</c>. It follows from the run's id, so that a delivery which is made twice, for whatever reason, is
    /// recognised by its receiver.
    /// </summary>
    public string MessageId => string.Concat("msg_", Run.ToString().AsSpan("run_".Length));

    /// <summary>Whether the receiver asked to be told of this end.</summary>
    public bool Wants(RunStatus end) => Webhook.Events.Count == 0 || Webhook.Events.Contains(EventOf(end), StringComparer.Ordinal);

    /// <summary>The terminal event's type, such as <c>run.completed</c>.</summary>
    public static string EventOf(RunStatus end) => $"run.{end.ToWire()}";
}
