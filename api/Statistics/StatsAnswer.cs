using Orchestrator.Engine.Statistics;

namespace Orchestrator.Api.Statistics;

internal sealed record StatsAnswer(StatsQuery Query, RunOverview Overview);
