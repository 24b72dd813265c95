namespace Orchestrator.Engine.Tests.Kit;

/// <summary>Tests of what is measured in the whole process: with others beside them it would be theirs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
