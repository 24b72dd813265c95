namespace Orchestrator.TestKit.Upstream;

/// <summary>One event of a generation.</summary>
/// <param name="AfterMs">How long after the one before it the provider has it ready.</param>
/// <param name="Bytes">The event as the gateway sends it, its blank line included.</param>
public sealed record TimedEvent(int AfterMs, byte[] Bytes);
