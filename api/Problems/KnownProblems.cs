using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Problems;

/// <summary>The refusals and failures of the API, each worded once.</summary>
internal static class KnownProblems
{
    public static readonly Problem RunNotFound = new()
    {
        Status = StatusCodes.Status404NotFound,
        Code = ProblemCodes.NotFound,
        Detail = "There is no such run, or it is not yours, or retention has removed it.",
    };

    public static readonly Problem RunActive = new()
    {
        Status = StatusCodes.Status409Conflict,
        Code = ProblemCodes.RunActive,
        Detail = "The run has not ended. Cancel it first, or wait for its end.",
    };

    public static readonly Problem NoLog = new()
    {
        Status = StatusCodes.Status409Conflict,
        Code = ProblemCodes.NoLog,
        Detail = "No attempt of the run has a log at the gateway. Logs are kept where gateway.collectLog is on, and once an attempt was answered.",
    };

    public static readonly Problem LogNotFound = new()
    {
        Status = StatusCodes.Status404NotFound,
        Code = ProblemCodes.LogNotFound,
        Detail = "The gateway has no log under the run's log id. It appears a little after the answer, and the gateway removes old ones.",
    };

    public static readonly Problem Stopping = new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Code = ProblemCodes.Stopping,
        Detail = "The service is stopping. Nothing was submitted: send it again.",
        RetryAfter = 2,
    };

    public static readonly Problem JournalUnavailable = new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Code = ProblemCodes.JournalUnavailable,
        Detail = "The journal can not be written or read at present. Try again; GET /readyz says what is wrong.",
        RetryAfter = 5,
    };

    public static Problem Invalid(params IReadOnlyList<ProblemError> errors) => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Code = ProblemCodes.Invalid,
        Detail = Summary(errors),
        Errors = errors,
    };

    public static Problem Config(IReadOnlyList<ProblemError> errors) => Invalid(errors) with { Code = ProblemCodes.Config };

    public static Problem InvalidParameter(string name, string message) => Invalid(new ProblemError(ProblemPlace.Parameter, name, message));

    public static Problem InvalidHeader(string name, string message) => Invalid(new ProblemError(ProblemPlace.Header, name, message));

    public static Problem TooLarge(long limit) => new()
    {
        Status = StatusCodes.Status413PayloadTooLarge,
        Code = ProblemCodes.TooLarge,
        Detail = string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limit} bytes. Send less, or raise Api:MaxBodyBytes."),
    };

    public static Problem UnsupportedMediaType(string detail) => new()
    {
        Status = StatusCodes.Status415UnsupportedMediaType,
        Code = ProblemCodes.UnsupportedMediaType,
        Detail = detail,
    };

    public static Problem KeyConflict(RunId run) => new()
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Code = ProblemCodes.IdempotencyConflict,
        Detail = $"This Idempotency-Key was used for {run}, with another body. Use a new key for a new run.",
    };

    public static Problem RunFailed(RunView run) => new()
    {
        Status = StatusCodes.Status409Conflict,
        Code = ProblemCodes.RunFailed,
        Detail = "The run failed and has no finished output. What there is of it is in the run.",
        Error = run.Error,
        PartialOutput = HasOutput(run),
    };

    public static Problem RunCancelled(RunView run) => new()
    {
        Status = StatusCodes.Status409Conflict,
        Code = ProblemCodes.RunCancelled,
        Detail = "The run was cancelled and has no finished output. What there is of it is in the run.",
        PartialOutput = HasOutput(run),
    };

    public static Problem Upstream(GatewayError error) => new()
    {
        Status = StatusCodes.Status502BadGateway,
        Code = ProblemCodes.Upstream,
        Detail = "The gateway refused or did not answer; see error.",
        RetryAfter = error.RetryAfter is { } wait ? (int)Math.Min(Math.Ceiling(wait.TotalSeconds), int.MaxValue) : null,
        Error = new RunError
        {
            Code = error.Code,
            Message = error.Message,
            Status = error.Status,
            Recoverable = error.Recoverable,
            UpstreamCode = error.UpstreamCode,
        },
    };

    private static bool HasOutput(RunView run) =>
        run.Output.Text.Length > 0 || run.Output.Reasoning is not null || run.Output.ToolCalls.Count > 0 || run.Output.Documents.Count > 0;

    private static string Summary(IReadOnlyList<ProblemError> errors) => errors switch
    {
        [var only] when only.Where.Length > 0 => $"{only.Where}: {only.Message}",
        [var only] => only.Message,
        _ => string.Create(CultureInfo.InvariantCulture, $"{errors.Count} problems, all listed in errors."),
    };
}
