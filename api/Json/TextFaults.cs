using System.Text.Json;

namespace Orchestrator.Api.Json;

/// <summary>
/// Finds what is JSON by its grammar but says nothing certain: a name that is twice in one object, and text that is no Unicode (half of
/// a surrogate pair). Neither survives being passed on unchanged from parser to parser.
/// </summary>
internal sealed class TextFaults(ProblemList problems)
{
    private bool _hasBrokenText;

    /// <summary>Whether a walk is worth while: only an escape can make broken text of valid UTF-8.</summary>
    public static bool MayHaveBrokenText(ReadOnlySpan<byte> json) => json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;

    /// <summary>Adds all of them to the problems. True: some text is broken, and reading it would throw.</summary>
    public static bool Find(JsonElement root, ProblemList problems)
    {
        var faults = new TextFaults(problems);
        faults.Visit(root, "");
        return faults._hasBrokenText;
    }

    private void Visit(JsonElement value, string pointer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                VisitObject(value, pointer);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Visit(item, JsonPointer.Append(pointer, index++));
                }

                break;
            case JsonValueKind.String:
                ReadText(value.GetString, pointer);
                break;
        }
    }

    private void VisitObject(JsonElement value, string pointer)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (problems.IsFull)
            {
                return;
            }

            if (ReadText(() => property.Name, pointer) is not { } name)
            {
                continue;
            }

            var at = JsonPointer.Append(pointer, name);
            if (!names.Add(name))
            {
                problems.Add(at, "The name is there more than once in its object: keep one.");
            }

            Visit(property.Value, at);
        }
    }

    private string? ReadText(Func<string?> read, string pointer)
    {
        try
        {
            return read() ?? "";
        }
        catch (InvalidOperationException)
        {
            _hasBrokenText = true;
            problems.Add(pointer, "There is text here that is not Unicode: an escape \\uD800 to \\uDFFF without its other half.");
            return null;
        }
    }
}
