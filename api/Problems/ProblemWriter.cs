using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Projections;

namespace Orchestrator.Api.Problems;

/// <summary>Writes problems.</summary>
internal static class ProblemWriter
{
    public const string ContentType = "application/problem+json";

    public static Task WriteProblemAsync(this HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized && context.Response.Headers.WWWAuthenticate.Count == 0)
        {
            context.Response.Headers.WWWAuthenticate = BearerToken.Challenge;
        }

        return context.WriteJsonAsync(problem, static (json, problem) => Write(json, problem), ContentType);
    }

    internal static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(problem.Status));
        json.WriteNumber("status", problem.Status);
        json.WriteString("code", problem.Code);
        json.WriteString("detail", problem.Detail);
        if (problem.Errors.Count > 0)
        {
            Write(json, problem.Errors);
        }

        if (problem.Error is { } error)
        {
            json.WritePropertyName("error");
            RunJson.Write(json, error);
        }

        if (problem.PartialOutput is { } partial)
        {
            json.WriteBoolean("partialOutput", partial);
        }

        if (problem.TraceId is { } trace)
        {
            json.WriteString("traceId", trace);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<ProblemError> errors)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString(Name(error.Place), error.Where);
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Name(ProblemPlace place) => place switch
    {
        ProblemPlace.Pointer => "pointer",
        ProblemPlace.Parameter => "parameter",
        ProblemPlace.Header => "header",
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "Not a part of a request."),
    };
}
