namespace Orchestrator.Gateway;

/// <summary>The way to take.</summary>
/// <param name="Transport">Run or gateway.</param>
/// <param name="Resume">Whether a broken connection can be re-attached. The response has the last word.</param>
/// <param name="Warnings">What the caller should know, in sentences; for the run.</param>
public sealed record TransportChoice(TransportKind Transport, bool Resume, IReadOnlyList<string> Warnings) : TransportDecision;
