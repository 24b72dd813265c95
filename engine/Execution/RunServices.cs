using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Money;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Statistics;
using Orchestrator.Engine.Turns;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Execution;

/// <summary>What every run of a host works with.</summary>
internal sealed record RunServices(
    IRunJournal Journal, IGateway Gateway, ISecretSeal Seal, UpstreamPipelines Pipelines, ITurns Turns, TimeProvider Clock, Jitter Jitter, ILogger Log)
{
    /// <summary>Where it is told that a run has moved on.</summary>
    public RunChanges Changes { get; } = new(Clock.GetUtcNow().UtcTicks);

    /// <summary>Where it is counted what runs do.</summary>
    public RunStatistics Statistics { get; } = new(Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>What tokens cost.</summary>
    public PriceTable Prices { get; init; } = PriceTable.Empty;

    /// <summary>Whether prompts and answers may be in spans.</summary>
    public bool TraceContent { get; init; }

    /// <summary>Of all connections of the host.</summary>
    public ReadPace Pace { get; init; } = ReadPace.Off;

    /// <summary>Unix milliseconds.</summary>
    public long Now() => Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
