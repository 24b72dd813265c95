namespace Orchestrator.Engine.Webhooks;

/// <summary>What became of one try to make a delivery.</summary>
public abstract record TryOutcome
{
    private TryOutcome()
    {
    }

    /// <summary>The receiver answered 2xx.</summary>
    public sealed record Delivered : TryOutcome;

    /// <summary>The receiver answered 410: it wants no more of it.</summary>
    public sealed record Gone : TryOutcome;

    /// <param name="Reason">For the operator; holds nothing of the URL's path or query, and nothing of the body.</param>
    /// <param name="RetryAfter">How long the receiver asked to wait.</param>
    public sealed record Failed(string Reason, TimeSpan? RetryAfter) : TryOutcome;

    /// <summary>The run goes on; this does not count as a try.</summary>
    public sealed record NotEnded : TryOutcome;

    public sealed record NoRun : TryOutcome;

    /// <summary>The run ended in a way that the receiver did not ask to be told of.</summary>
    public sealed record NotWanted : TryOutcome;
}
