using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>Length, pattern and format of texts. Lengths are in characters, whatever number of bytes or UTF-16 units they take.</summary>
internal static class TextRules
{
    public static string? Check(JsonElement schema, JsonElement value, string place)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return SchemaCheck.At(place, "the text has half a character in it (a lone surrogate)");
        }

        var length = text.Length - text.Count(char.IsLowSurrogate);
        if (NumberRules.Count(schema, "minLength") is { } min && length < min)
        {
            return SchemaCheck.At(place, string.Create(CultureInfo.InvariantCulture, $"the text is shorter than {min} characters"));
        }

        if (NumberRules.Count(schema, "maxLength") is { } max && length > max)
        {
            return SchemaCheck.At(place, string.Create(CultureInfo.InvariantCulture, $"the text is longer than {max} characters"));
        }

        if (Text(schema, "pattern") is { } pattern && !TextPatterns.Matches(pattern, text))
        {
            return SchemaCheck.At(place, $"the text does not match the pattern {pattern}");
        }

        return Text(schema, "format") is { } format && !TextFormats.Fits(format, text) ? SchemaCheck.At(place, $"the text is no {format}") : null;
    }

    private static string? Text(JsonElement schema, string rule) =>
        schema.TryGetProperty(rule, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
