namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>Tests in which it counts how long something takes: with others beside them it would be theirs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
