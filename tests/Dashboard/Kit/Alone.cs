namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>Tests of how long something takes in the browser: with others beside them they would measure those.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
