namespace Orchestrator.Emulator.Runs;

/// <summary>What becomes of a dispatch.</summary>
/// <param name="LogId">Its log entry; null when the caller did not want one.</param>
/// <param name="HoldMs">Milliseconds until the response begins.</param>
internal abstract record DispatchOutcome(string? LogId, int HoldMs)
{
    /// <summary>The connection is reset before a response.</summary>
    internal sealed record Refused(string? LogId, int HoldMs) : DispatchOutcome(LogId, HoldMs);

    /// <summary>An error status.</summary>
    internal sealed record Failed(string? LogId, int HoldMs, GatewayFailure Failure) : DispatchOutcome(LogId, HoldMs);

    /// <summary>The model answers, with a stream or with one JSON document.</summary>
    internal sealed record Answered(string? LogId, int HoldMs, EmulatedRun Run, bool Stream) : DispatchOutcome(LogId, HoldMs);
}
