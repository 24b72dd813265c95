namespace Orchestrator.Emulator.Runs;

/// <summary>What becomes of a dispatch.</summary>
/// <param name="LogId">Its log entry; null when the caller did not want one.</param>
/// <param name="HoldUntil">The timestamp at which the response begins.</param>
internal abstract record DispatchOutcome(string? LogId, long HoldUntil)
{
    /// <summary>The connection is reset before a response.</summary>
    internal sealed record Refused(string? LogId, long HoldUntil) : DispatchOutcome(LogId, HoldUntil);

    /// <summary>An error status.</summary>
    internal sealed record Failed(string? LogId, long HoldUntil, GatewayFailure Failure) : DispatchOutcome(LogId, HoldUntil);

    /// <summary>The model answers, or the cache in its place, with a stream or with one JSON document.</summary>
    internal sealed record Answered(string? LogId, long HoldUntil, EmulatedRun Run, bool Stream, bool Cached = false) : DispatchOutcome(LogId, HoldUntil);
}
