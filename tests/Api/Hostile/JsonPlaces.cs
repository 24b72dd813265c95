using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Api.Tests.Hostile;

/// <summary>All values of a document, and the document with one of them replaced.</summary>
internal sealed class JsonPlaces
{
    private readonly string _document;

    public JsonPlaces(string document)
    {
        _document = document;
        All = [.. Walk(JsonNode.Parse(document), "", [])];
    }

    /// <summary>Each value with its JSON pointer; the document itself comes first.</summary>
    public IReadOnlyList<(string Pointer, string[] Path, JsonNode? Value)> All { get; }

    /// <param name="path">The value to replace.</param>
    /// <param name="json">Written as it is, whatever it is.</param>
    public string With(string[] path, string json)
    {
        const string Mark = "\"hostile-value-goes-here\"";
        if (path.Length == 0)
        {
            return json;
        }

        var root = JsonNode.Parse(_document)!;
        var parent = root;
        foreach (var step in path[..^1])
        {
            parent = Step(parent, step)!;
        }

        var mark = JsonNode.Parse(Mark);
        if (parent is JsonArray list)
        {
            list[int.Parse(path[^1], CultureInfo.InvariantCulture)] = mark;
        }
        else
        {
            parent[path[^1]] = mark;
        }

        return root.ToJsonString().Replace(Mark, json, StringComparison.Ordinal);
    }

    private static JsonNode? Step(JsonNode parent, string step) =>
        parent is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : parent[step];

    private static IEnumerable<(string Pointer, string[] Path, JsonNode? Value)> Walk(JsonNode? value, string pointer, string[] path)
    {
        yield return (pointer, path, value);
        var below = value switch
        {
            JsonObject of => of.Select(static property => (Name: property.Key, property.Value)),
            JsonArray list => list.Select(static (item, index) => (Name: index.ToString(CultureInfo.InvariantCulture), Value: item)),
            _ => [],
        };
        foreach (var (name, inner) in below)
        {
            var segment = name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            foreach (var place in Walk(inner, $"{pointer}/{segment}", [.. path, name]))
            {
                yield return place;
            }
        }
    }
}
