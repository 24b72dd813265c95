using Orchestrator.Gateway;

namespace Orchestrator.Engine.Hosting;

public abstract record FeedbackOutcome
{
    private FeedbackOutcome()
    {
    }

    public sealed record Sent : FeedbackOutcome;

    public sealed record NoRun : FeedbackOutcome;

    /// <summary>No attempt of the run has a log at the gateway.</summary>
    public sealed record NoLog : FeedbackOutcome;

    public sealed record Refused(GatewayError Error) : FeedbackOutcome;
}
