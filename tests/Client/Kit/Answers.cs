using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Client.Tests.Kit;

/// <summary>What the fake service can be told to answer.</summary>
internal static class Answers
{
    public static FakeService.Answer Json(string json, int status = 200) => Content("application/json", Encoding.UTF8.GetBytes(json), status);

    public static FakeService.Answer Run(string status, string more = "", int httpStatus = 200) => Json(RunJson.Of(status, more), httpStatus);

    public static FakeService.Answer Content(string contentType, byte[] body, int status = 200) => async (context, stop) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(body, stop);
    };

    public static FakeService.Answer Status(int status, string? retryAfter = null) => (context, _) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return Task.CompletedTask;
    };

    public static FakeService.Answer Problem(int status, string code, string detail, string more = "") => Content(
        "application/problem+json",
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"status":{{status}},"code":"{{code}}","detail":"{{detail}}"{{more}}}""")),
        status);

    /// <summary>The request was read, and no answer comes: the connection breaks.</summary>
    public static FakeService.Answer Lost() => (context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>The events of a script behind the request's cursor, as the service would send them.</summary>
    public static FakeService.Answer Events(EventScript script) => script.AnswerAsync;
}
