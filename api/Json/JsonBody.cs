using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Orchestrator.Api.Json;

/// <summary>Makes a document of a body, strictly: UTF-8, one value, no name twice, only text that is Unicode.</summary>
internal static class JsonBody
{
    /// <returns>
    /// Null: it can not be read, and the problems say why. The document refers to the body, which must not change. There can be problems
    /// with it, too: names that are there twice.
    /// </returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> body, int maxDepth, ProblemList problems)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
        {
            body = body["\uFEFF"u8.Length..];
        }

        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            problems.Add("", "The body is empty: send a JSON object.");
            return null;
        }

        if (!Utf8.IsValid(body.Span))
        {
            problems.Add("", "The body is not UTF-8.");
            return null;
        }

        try
        {
            return Parse(body, maxDepth, problems);
        }
        catch (JsonException problem)
        {
            problems.Add("", $"The body is not JSON that can be read here: {Explain(problem)}");
            return null;
        }
    }

    /// <summary>The bytes of a value as they were sent.</summary>
    public static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> body, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return body.Span.Overlaps(raw, out var start)
            ? body.Slice(start, raw.Length)
            : throw new ArgumentException("The value is not of this body.", nameof(value));
    }

    /// <summary>Without what only a programmer of this service could follow, and with the place as editors count it.</summary>
    private static string Explain(JsonException problem)
    {
        var text = problem.Message.AsSpan();
        foreach (var end in new[] { " LineNumber:", " Change the reader options.", " which is not supported in this mode" })
        {
            var at = text.IndexOf(end, StringComparison.Ordinal);
            text = at < 0 ? text : text[..at];
        }

        return string.Create(CultureInfo.InvariantCulture, $"{text.TrimEnd('.')} (line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}).");
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body, int maxDepth, ProblemList problems)
    {
        var options = new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false };
        if (!TextFaults.MayHaveBrokenText(body.Span))
        {
            try
            {
                return JsonDocument.Parse(body, options);
            }
            catch (JsonException)
            {
                // It may only be a name that is there twice: then the rest can be checked all the same.
            }
        }

        var document = JsonDocument.Parse(body, options with { AllowDuplicateProperties = true });
        if (!TextFaults.Find(document.RootElement, problems))
        {
            return document;
        }

        document.Dispose();
        return null;
    }
}
