using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Api.Problems;

/// <summary>The one place where exceptions, and statuses that nobody gave a body to, become problem details.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (context.Response.HasStarted)
        {
            // Too late to tell: a broken connection is understood, a clean end would be taken for the end of the data.
            log.RequestFailed(context.Request.Method, context.Request.Path, context.TraceIdentifier, failure);
            context.Abort();
            return;
        }
        catch (Exception failure)
        {
            context.Response.Clear();
            await context.WriteProblemAsync(Explain(context, failure));
            return;
        }

        if (IsBare(context.Response) && OfStatus(context.Response.StatusCode) is { } problem)
        {
            await context.WriteProblemAsync(problem);
        }
    }

    private Problem Explain(HttpContext context, Exception failure)
    {
        switch (failure)
        {
            case JournalUnavailableException:
                log.JournalUnavailable(context.Request.Method, context.Request.Path, failure.Message);
                return KnownProblems.JournalUnavailable;

            // The server's own refusals of a body: too slow, cut short, badly framed.
            case BadHttpRequestException bad:
                return OfStatus(bad.StatusCode) ?? KnownProblems.Invalid(new ProblemError(ProblemPlace.Pointer, "", bad.Message));
            default:
                var trace = Activity.Current?.Id ?? context.TraceIdentifier;
                log.RequestFailed(context.Request.Method, context.Request.Path, trace, failure);
                return Of(StatusCodes.Status500InternalServerError, ProblemCodes.Internal, "The service failed. Its log has more under traceId.") with
                {
                    TraceId = trace,
                };
        }
    }

    private static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentLength: null } && string.IsNullOrEmpty(response.ContentType);

    private static Problem? OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Of(status, ProblemCodes.NotFound, "There is nothing at this address. GET /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => Of(status, ProblemCodes.MethodNotAllowed, "This address does not take this method; the Allow header has those it takes."),
        StatusCodes.Status408RequestTimeout => Of(status, ProblemCodes.Timeout, "The body came too slowly. Send it again."),
        StatusCodes.Status413PayloadTooLarge => Of(status, ProblemCodes.TooLarge, "The request is too large."),
        _ => null,
    };

    private static Problem Of(int status, string code, string detail) => new() { Status = status, Code = code, Detail = detail };
}
