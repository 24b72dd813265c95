using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Api.Json;

/// <summary>
/// Reads the fields of one JSON object. What is wrong goes to the list of problems and reads as absent, so that one pass finds
/// everything. Absent and null are the same: the default.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly ProblemList _problems;

    private JsonFields(JsonElement of, string pointer, ProblemList problems)
    {
        _object = of;
        _problems = problems;
        Pointer = pointer;
    }

    public string Pointer { get; }

    /// <param name="known">The names there are; any other is a problem.</param>
    /// <returns>Null: it is no object.</returns>
    public static JsonFields? Of(JsonElement element, string pointer, IReadOnlyList<string> known, ProblemList problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(pointer, $"Give an object, not {JsonKinds.Name(element)}.");
            return null;
        }

        foreach (var name in element.EnumerateObject().Select(static property => property.Name).Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            problems.Add(JsonPointer.Append(pointer, name), Unknown(name, known));
        }

        return new JsonFields(element, pointer, problems);
    }

    public string PointerTo(string name) => JsonPointer.Append(Pointer, name);

    public void Problem(string name, string message) => _problems.Add(PointerTo(name), message);

    /// <param name="name">The field.</param>
    /// <param name="below">A pointer from the field's value on.</param>
    /// <param name="message">What is wrong there.</param>
    public void Problem(string name, string below, string message) => _problems.Add(PointerTo(name) + below, message);

    /// <summary>False where the field is absent or null.</summary>
    public bool TryGet(string name, out JsonElement value) =>
        _object.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public JsonFields? Object(string name, IReadOnlyList<string> known) =>
        TryGet(name, out var value) ? Of(value, PointerTo(name), known, _problems) : null;

    /// <summary>The field's properties, whatever they are called; empty where it is absent.</summary>
    public IEnumerable<JsonProperty> Entries(string name) =>
        TryGet(name, out var value) && Is(value, JsonValueKind.Object, name, "an object") ? value.EnumerateObject() : [];

    public IEnumerable<JsonElement> Items(string name) =>
        TryGet(name, out var value) && Is(value, JsonValueKind.Array, name, "a list") ? value.EnumerateArray() : [];

    public string? Text(string name, int maxChars)
    {
        if (!TryGet(name, out var value) || !Is(value, JsonValueKind.String, name, "a text"))
        {
            return null;
        }

        var text = value.GetString()!;
        if (text.Length == 0 || text.Length > maxChars)
        {
            Problem(name, string.Create(CultureInfo.InvariantCulture, $"Give 1 to {maxChars} characters."));
            return null;
        }

        return text;
    }

    public bool? Flag(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Problem(name, $"Give true or false, not {JsonKinds.Name(value)}.");
        return null;
    }

    public int? Whole(string name, int min, int max) => (int?)WholeLong(name, min, max);

    public long? WholeLong(string name, long min, long max)
    {
        if (!TryGet(name, out var value) || !Is(value, JsonValueKind.Number, name, "a number"))
        {
            return null;
        }

        // 3.0 is a whole number, too.
        if (value.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number >= min && number <= max)
        {
            return (long)number;
        }

        Problem(name, string.Create(CultureInfo.InvariantCulture, $"Give a whole number from {min} to {max}."));
        return null;
    }

    public T? OneOf<T>(string name, params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        foreach (var choice in choices)
        {
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals(choice.Name))
            {
                return choice.Value;
            }
        }

        var names = new string[choices.Length];
        for (var i = 0; i < choices.Length; i++)
        {
            names[i] = choices[i].Name;
        }

        Problem(name, $"Give {JsonKinds.Alternatives(names)}.");
        return null;
    }

    private bool Is(JsonElement value, JsonValueKind kind, string name, string what)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        Problem(name, $"Give {what}, not {JsonKinds.Name(value)}.");
        return false;
    }

    private static string Unknown(string name, IReadOnlyList<string> known)
    {
        var meant = known.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        return meant is null
            ? $"There is no such field here. There are: {string.Join(", ", known)}."
            : $"There is no such field here; names are case-sensitive: use {meant}.";
    }
}
