namespace Orchestrator.Cluster.Tests.Kit;

/// <summary>Tests that fill a machine with silos: one after the other, or how long something takes in one says how busy the others are.</summary>
[CollectionDefinition(nameof(Silos))]
public sealed class Silos;
