namespace Orchestrator.Gateway;

/// <summary>The outcome of a wait.</summary>
/// <param name="Kind">Events, or how the stream ended. An end is told again by each further wait.</param>
/// <param name="Error">Set for <see cref="StreamSignalKind.Broken"/> only.</param>
public readonly record struct StreamSignal(StreamSignalKind Kind, GatewayError? Error);
