using System.Globalization;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Decisions;

/// <summary>Failures that the engine itself finds, in words.</summary>
public static class Errors
{
    private const int MaxProblemChars = 400;

    public static readonly RunError Interrupted = new()
    {
        Code = RunErrorCodes.Interrupted,
        Message = "The service went away between the dispatch and the upstream's answer. The dispatch may have been paid for.",
        Recoverable = true,
    };

    public static readonly RunError SecretsLost = new()
    {
        Code = ErrorCodes.Config,
        Message = "The run's extra headers can not be decrypted: the key they were sealed with is gone. Submit the run again.",
    };

    /// <param name="spec">The run's.</param>
    /// <param name="queued">What it was waiting for, where it was.</param>
    public static RunError TotalTimeout(RunSpec spec, string? queued = null) => new()
    {
        Code = RunErrorCodes.TotalTimeout,
        Message = string.Create(
            CultureInfo.InvariantCulture,
            $"The run did not end within its timeouts.totalMs of {spec.Timeouts.TotalMs} ms{(queued is null ? "." : ", which it waited for its turn: ")}{queued}"),
        Recoverable = true,
    };

    public static RunError FirstEventTimeout(RunSpec spec) => new()
    {
        Code = RunErrorCodes.FirstEventTimeout,
        Message = string.Create(CultureInfo.InvariantCulture, $"No event within timeouts.firstEventMs of {spec.Timeouts.FirstEventMs} ms."),
        Recoverable = true,
    };

    public static RunError Truncated(AttemptState attempt) => new()
    {
        Code = RunErrorCodes.StreamTruncated,
        Message = string.Create(
            CultureInfo.InvariantCulture, $"The stream ended in order after {attempt.Events} events, without an end marker or a finish reason."),
        Recoverable = true,
    };

    public static RunError Broken(string? message) => new()
    {
        Code = RunErrorCodes.StreamBroken,
        Message = message is null ? "The stream broke off." : $"The stream broke off: {message}",
        Recoverable = true,
    };

    public static RunError Mismatch(long offset) => new()
    {
        Code = RunErrorCodes.ResumeMismatch,
        Message = string.Create(
            CultureInfo.InvariantCulture, $"What the gateway replayed around event {offset} is not what was received before."),
        Recoverable = false,
    };

    /// <param name="problem">Names the place and the rule. Cut: property names are the model's own.</param>
    public static RunError SchemaMismatch(string problem) => new()
    {
        Code = RunErrorCodes.SchemaMismatch,
        Message = $"The answer does not keep to the schema that was asked for. {(problem.Length <= MaxProblemChars ? problem : problem[..MaxProblemChars] + "…")}",
        Recoverable = true,
    };

    public static RunError CircuitOpen(string model, TimeSpan? retryAfter) => new()
    {
        Code = RunErrorCodes.CircuitOpen,
        Message = $"{model} failed too often lately and is not called for the moment.",
        Recoverable = true,
        RetryAfterMs = retryAfter is { } wait ? (long)wait.TotalMilliseconds : null,
    };

    public static RunError NoTurn(TurnWait wait) => new()
    {
        Code = wait.Limit == TurnLimits.Neurons ? RunErrorCodes.NeuronsSpent : ErrorCodes.RateLimit,
        Message = wait.Message,
        Recoverable = true,
    };

    public static RunError Poisoned(int losses) => new()
    {
        Code = RunErrorCodes.Poisoned,
        Message = string.Create(
            CultureInfo.InvariantCulture, $"The service went down {losses} times in a row while it worked on this run, without a new event."),
        Recoverable = false,
    };
}
