using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Resilience;

/// <summary>How a dispatch was answered.</summary>
internal abstract record ConnectOutcome
{
    private ConnectOutcome()
    {
    }

    /// <summary>Events come; <paramref name="First"/> is the stream's first signal.</summary>
    public sealed record Streaming(StreamReply Reply, StreamSignal First) : ConnectOutcome;

    /// <summary>The whole answer came, and is journaled.</summary>
    public sealed record Answered : ConnectOutcome;

    public sealed record Refused(RunError Error) : ConnectOutcome;
}
