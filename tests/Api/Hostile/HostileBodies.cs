using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Api.Tests.Submit;

namespace Orchestrator.Api.Tests.Hostile;

/// <summary>Bodies of a submission that are wrong at one place, for every place of a body that has all fields.</summary>
internal static class HostileBodies
{
    private static readonly JsonPlaces Places = new(Bodies.Full);

    /// <summary>Every value by one of every other kind.</summary>
    public static IEnumerable<HostileRequest> WrongTypes()
    {
        string[] values = ["7", "\"7\"", "true", "[]", "[null]", "{}", "{\"\":0}"];
        foreach (var (pointer, path, value) in Places.All.Where(static place => !IsTheModelsOwn(place.Pointer)))
        {
            foreach (var json in values.Where(json => !IsFit(pointer, value, json)))
            {
                yield return HostileRequest.Submit($"{json} at '{pointer}'", Places.With(path, json));
            }
        }
    }

    public static IEnumerable<HostileRequest> Numbers()
    {
        string[] values = ["-1", "1e999", "-1e999", "0.5", "9223372036854775808", "99999999999999999999999999999999999999999"];
        string[] no = ["NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x10", "1_000", "--1", "1e", "٣"];
        foreach (var (pointer, path, _) in Places.All.Where(static place => place.Value?.GetValueKind() == JsonValueKind.Number))
        {
            var isFree = pointer.StartsWith("/metadata/", StringComparison.Ordinal) || IsTheModelsOwn(pointer);
            foreach (var number in isFree ? no : values.Concat(no))
            {
                yield return HostileRequest.Submit($"{number} at '{pointer}'", Places.With(path, number));
            }
        }
    }

    /// <summary>Half a surrogate pair for every text, those of the model's own input among them: no parser passes it on.</summary>
    public static IEnumerable<HostileRequest> Texts()
    {
        string[] values = ["\"\\ud800\"", "\"a\\udfffb\"", "\"\\ud83d\\u0041\"", "\"\\x\"", "\"\\u12\"", "\"a\nb\"", "\"\0\"", "\"\u007f\t\"", "'a'", "\"open"];
        foreach (var (pointer, path, _) in Places.All.Where(static place => place.Value?.GetValueKind() == JsonValueKind.String))
        {
            foreach (var text in values)
            {
                yield return HostileRequest.Submit($"{text} at '{pointer}'", Places.With(path, text));
            }
        }
    }

    public static IEnumerable<HostileRequest> Names()
    {
        foreach (var (pointer, path, value) in Places.All.Where(static place => place.Value is JsonObject))
        {
            var inside = value!.ToJsonString()[1..];
            var more = inside.Length > 1 ? "," : "";
            yield return HostileRequest.Submit($"a name twice at '{pointer}'", Places.With(path, "{\"dup\":1,\"d\\u0075p\":2" + more + inside));
            yield return HostileRequest.Submit($"half a name at '{pointer}'", Places.With(path, "{\"\\udc00\":1" + more + inside));
            if (!IsTheModelsOwn(pointer + "/") && pointer is not ("/metadata" or "/gateway/metadata" or "/extraHeaders"))
            {
                foreach (var name in new[] { "unknown", "__proto__", "", "MODEL", "$ref", "a/b~c", new string('n', 5000) })
                {
                    yield return HostileRequest.Submit($"'{name}' at '{pointer}'", Places.With(path, $"{{\"{name}\":null" + more + inside));
                }
            }
        }
    }

    public static IEnumerable<HostileRequest> Truncated()
    {
        var bytes = Encoding.UTF8.GetBytes(Bodies.Full);
        var length = bytes.AsSpan().TrimEnd(" \r\n"u8).Length;
        for (var kept = 0; kept < length; kept++)
        {
            yield return HostileRequest.Submit($"the first {kept} bytes", bytes[..kept]);
        }
    }

    public static IEnumerable<HostileRequest> Nested()
    {
        foreach (var depth in new[] { 65, 100, 1000, 10_000, 30_000 })
        {
            foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
            {
                var deep = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
                var unclosed = string.Concat(Enumerable.Repeat(open, depth));
                foreach (var place in Places.All.Where(static place => place.Path.Length == 1))
                {
                    yield return HostileRequest.Submit($"{depth} × {open} at '{place.Pointer}'", Places.With(place.Path, deep));
                }

                yield return HostileRequest.Submit($"{depth} × {open} alone", deep);
                yield return HostileRequest.Submit($"{depth} × {open} without an end", unclosed);
            }
        }
    }

    public static IEnumerable<HostileRequest> Marks()
    {
        var full = Bodies.Full;
        yield return HostileRequest.Submit("a mark alone", "\uFEFF");
        yield return HostileRequest.Submit("two marks", "\uFEFF\uFEFF" + full);
        yield return HostileRequest.Submit("a mark behind", full + "\uFEFF");
        yield return HostileRequest.Submit("half a mark", [0xEF, 0xBB, .. Encoding.UTF8.GetBytes(full)]);
        yield return HostileRequest.Submit("UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(full)]);
        yield return HostileRequest.Submit("UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(full)]);
        yield return HostileRequest.Submit("UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(full)]);
        yield return HostileRequest.Submit("Latin-1", Encoding.Latin1.GetBytes(full.Replace("Hi", "Grüße", StringComparison.Ordinal)));
        yield return HostileRequest.Submit("a surrogate in UTF-8", [.. Encoding.UTF8.GetBytes(full[..^20]), 0xED, 0xA0, 0x80]);
        yield return HostileRequest.Submit("an overlong slash", [.. "{\"model\":\"openai"u8, 0xC0, 0xAF, .. "a\",\"input\":{}}"u8]);
        yield return HostileRequest.Submit("two documents", full + full);
        yield return HostileRequest.Submit("zeros", new byte[1000]);
    }

    /// <summary>The same seed, the same bodies: the full one cut off somewhere, with bytes in it changed; never whole, so never right.</summary>
    public static IEnumerable<HostileRequest> Garbled(int seed, int count)
    {
        var random = new Random(seed);
        var whole = Encoding.UTF8.GetBytes(Bodies.Full);
        for (var i = 0; i < count; i++)
        {
            var body = random.Next(4) == 0 ? new byte[random.Next(1, 400)] : whole[..random.Next(1, whole.Length - 40)];
            if (body.All(static one => one == 0))
            {
                random.NextBytes(body);
            }

            for (var edits = random.Next(6); edits > 0; edits--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            yield return HostileRequest.Submit($"garbled {i} of seed {seed}", body) with { Chunked = random.Next(2) == 0 };
        }
    }

    /// <summary>Inputs are the model's affair, whatever is in them.</summary>
    private static bool IsTheModelsOwn(string pointer) =>
        pointer.StartsWith("/input/", StringComparison.Ordinal) || pointer.StartsWith("/fallback/inputs/anthropic~1claude-haiku-4.5/", StringComparison.Ordinal);

    private static bool IsFit(string pointer, JsonNode? value, string json)
    {
        var kind = JsonNode.Parse(json)!.GetValueKind();
        var isScalar = kind is not (JsonValueKind.Object or JsonValueKind.Array);
        return pointer switch
        {
            "" => false,
            _ when pointer.StartsWith("/metadata/", StringComparison.Ordinal) || pointer.StartsWith("/gateway/metadata/", StringComparison.Ordinal) => isScalar,
            "/resume" => kind is JsonValueKind.True,
            "/gateway/cacheTtl" => false,
            "/input" or "/fallback/inputs/anthropic~1claude-haiku-4.5" => kind == JsonValueKind.Object,
            "/metadata" or "/gateway/metadata" or "/extraHeaders" or "/fallback" or "/retry" or "/gateway" or "/gateway/retries" or "/timeouts" or "/fallback/inputs" =>
                json == "{}",
            "/fallback/models" => false,
            "/webhook/events" => json == "[]",
            _ when value is null => kind == JsonValueKind.Null,
            _ => IsOfKind(pointer, value, kind),
        };
    }

    /// <summary>Texts that stand for a choice are wrong as another text, too.</summary>
    private static bool IsOfKind(string pointer, JsonNode value, JsonValueKind kind) => value.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => kind == JsonValueKind.True && pointer != "/byok",
        JsonValueKind.Number => kind == JsonValueKind.Number && pointer != "/gateway/retries/maxAttempts",
        JsonValueKind.String => kind == JsonValueKind.String
            && pointer is "/gateway/id" or "/gateway/cacheKey" or "/gateway/eventId" or "/sessionAffinity" or "/extraHeaders/x-trace",
        _ => false,
    };
}
