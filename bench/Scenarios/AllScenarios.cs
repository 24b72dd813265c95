namespace Orchestrator.Bench.Scenarios;

/// <summary>The scenarios, in the report's order.</summary>
internal static class AllScenarios
{
    public static readonly IReadOnlyList<IScenario> List =
        [
            new PacedScenario(), new FlatScenario(), new JournalScenario(), new RecoveryScenario(), new FanoutScenario(), new ReplayScenario(),
            new MemoryScenario(), new LibraryScenario(), new OperatorScenario(), new ClusterScenario(),
            new WatchedScenario(),
        ];

    public static readonly IReadOnlyList<string> Ids = [.. List.Select(static s => s.Id)];
}
