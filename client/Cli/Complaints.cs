using System.Net;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>The only place that turns exceptions into messages and exit codes. Every message names the way out.</summary>
internal static class Complaints
{
    /// <summary>Null for what is a bug of ours: it is not hidden.</summary>
    /// <param name="e">What happened.</param>
    /// <param name="address">The service's, as it was given.</param>
    /// <param name="ofRun">Whether the command is about one run, which then is what there is not.</param>
    /// <param name="interrupt">Ctrl-C.</param>
    public static Complaint? Judge(Exception e, string address, bool ofRun, CancellationToken interrupt) => e switch
    {
        UsageException => new Complaint(ExitCode.Usage, e.Message),
        ServiceUnreachableException { After: > 0 } lost => new Complaint(ExitCode.Unreachable, lost.Message),
        ServiceUnreachableException lost => new Complaint(
            ExitCode.Unreachable,
            $"no service at {address}: start one with `dotnet run --project standalone` or set --url",
            $"({Innermost(lost)})"),
        MalformedAnswerException => new Complaint(
            ExitCode.Unreachable, $"what answers at {address} is not this service, or not this version of it: set --url", $"({e.Message})"),
        EventGapException => new Complaint(ExitCode.Unreachable, e.Message, "the run's stream is damaged: read its output with `orchestrator output`"),
        OrchestratorException { Status: HttpStatusCode.NotFound } when !ofRun => new Complaint(
            ExitCode.Unreachable, $"{address} is not where this service is: set --url to its root, such as {OrchestratorClientOptions.DefaultBaseAddress.OriginalString}"),
        OrchestratorException refused => Refused(refused, address),
        OperationCanceledException when interrupt.IsCancellationRequested => new Complaint(ExitCode.Interrupted, "interrupted"),
        IOException or UnauthorizedAccessException => new Complaint(ExitCode.Usage, e.Message),
        _ => null,
    };

    /// <summary>What is wrong with one of several runs; null for what the others would meet, too.</summary>
    public static Complaint? OfOne(OrchestratorException e, Session session, CancellationToken interrupt) =>
        Judge(e, session.Client.BaseAddress.OriginalString, ofRun: true, interrupt) is { ExitCode: ExitCode.NotFound or ExitCode.Usage } complaint ? complaint : null;

    public static void Write(CliSurroundings surroundings, string message)
    {
        surroundings.Out.Flush();
        surroundings.Error.WriteLine("orchestrator: " + (surroundings.ErrorIsTerminal ? SafeText.OneLine(message) : message));
    }

    private static Complaint Refused(OrchestratorException refused, string address) => refused.Status switch
    {
        HttpStatusCode.NotFound when refused.Code is not (null or "not-found") => new Complaint(ExitCode.NotFound, What(refused)),
        HttpStatusCode.NotFound => new Complaint(
            ExitCode.NotFound, "no such run: it never was, it is another tenant's, or it was removed; see `orchestrator list`"),
        HttpStatusCode.Unauthorized => new Complaint(
            ExitCode.Unauthorised, $"the service at {address} wants an API key that it knows: set --key or ORCHESTRATOR_API_KEY"),
        HttpStatusCode.Forbidden => new Complaint(ExitCode.Unauthorised, $"this key may not do that: {What(refused)}; use one with the role it takes"),
        HttpStatusCode.TooManyRequests => new Complaint(ExitCode.Unreachable, $"the service is busy: {What(refused)}; try again later"),
        >= HttpStatusCode.InternalServerError => new Complaint(
            ExitCode.Unreachable, $"the service at {address} is in trouble: {What(refused)}; try again later"),
        _ when refused.Errors.Count > 0 =>
            new Complaint(ExitCode.Usage, ["refused:", .. refused.Errors.Select(error => $"  {error.Where}: {error.Message}")]),
        _ => new Complaint(ExitCode.Usage, $"refused: {What(refused)}"),
    };

    private static string What(OrchestratorException refused) => refused.Detail ?? refused.Message;

    private static string Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e.Message;
}
