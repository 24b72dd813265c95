using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Orchestrator.Dashboard.Tests.Kit.WaitingFirst))]

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>Begins with the tests that mostly wait: a run counts as queued for long after a minute. Others work meanwhile.</summary>
public sealed class WaitingFirst : ITestCollectionOrderer
{
    private static readonly string[] Waiting = [nameof(FiguresTests), nameof(WatchTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(static one => Waiting.Any(name => one.TestCollectionDisplayName.Contains($".{name}", StringComparison.Ordinal)))];
}
