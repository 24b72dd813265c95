namespace Orchestrator.Simulation.Tests.Hosts;

/// <summary>The host died under a call: its caller sees a broken connection and does not know what became of it.</summary>
internal sealed class HostGoneException() : Exception("The host is gone.");
