using System.Net;
using System.Text.Json;

namespace Orchestrator.Client;

/// <summary>Makes an exception of an answer that is not a success: problem details where there are any, the bare status otherwise.</summary>
internal static class ProblemReader
{
    public static OrchestratorException Read(HttpStatusCode status, string? reason, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        string? code = null, title = null, detail = null;
        IReadOnlyList<ProblemError> errors = [];
        if (TryParse(body) is { ValueKind: JsonValueKind.Object } problem)
        {
            code = Text(problem, "code");
            title = Text(problem, "title");
            detail = Text(problem, "detail");
            errors = problem.TryGetProperty("errors", out var listed) ? ReadErrors(listed) : [];
        }

        var what = detail ?? title ?? reason ?? "no reason given";
        var where = string.Concat(errors.Select(error => $" {error.Where}: {error.Message}."));
        return new OrchestratorException($"HTTP {(int)status}{(code is null ? "" : $" {code}")}: {what}{where}")
        {
            Status = status,
            Code = code,
            Detail = detail ?? title,
            Errors = errors,
            RetryAfter = retryAfter,
        };
    }

    private static JsonElement? TryParse(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonSerializer.Deserialize(body, WireJson.Default.JsonElement);
        }
        catch (JsonException)
        {
            // A proxy's page: the status says what there is to say.
            return null;
        }
    }

    // A list of { pointer, message }, with detail for message as RFC 9457 shows it, or an object of texts by pointer, as ASP.NET Core writes it.
    private static List<ProblemError> ReadErrors(JsonElement errors)
    {
        var found = new List<ProblemError>();
        if (errors.ValueKind == JsonValueKind.Array)
        {
            foreach (var error in errors.EnumerateArray().Where(error => error.ValueKind == JsonValueKind.Object))
            {
                found.Add(new ProblemError(Where(error), Text(error, "message") ?? Text(error, "detail") ?? ""));
            }
        }
        else if (errors.ValueKind == JsonValueKind.Object)
        {
            foreach (var error in errors.EnumerateObject())
            {
                var texts = error.Value.ValueKind == JsonValueKind.Array ? error.Value.EnumerateArray().ToArray() : [error.Value];
                found.AddRange(texts.Select(text => new ProblemError(error.Name, text.ToString())));
            }
        }

        return found;
    }

    private static string Where(JsonElement error) => Text(error, "pointer") ?? Text(error, "parameter") ?? Text(error, "header") ?? "";

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
