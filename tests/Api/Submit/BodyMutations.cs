using System.Text;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>Bodies that are nearly right, and bodies that are nothing at all. The same seed gives the same ones.</summary>
internal sealed class BodyMutations(int seed)
{
    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-", "1e999", "-0", "99999999999999999999999999999999", "0.1e-400", "\"\\ud800\"",
        "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"input\":{}", "\"model\":1", "\"metadata\":{\"a\":{}}", "\"extraHeaders\":{\"\\r\\n\":\"x\"}", "/**/", "//",
        "\"\":", "\"__proto__\":{}", "\uFEFF", "\u2028", "'", "NaN", "Infinity", "{\"a\":1,\"a\":2}", "\"gateway\":[[]]", "\"webhook\":{\"url\":\"http://[::1\"}",
        "\"webhook\":{\"url\":\"http://\\ud800\"}", "\"timeouts\":{\"totalMs\":-9223372036854775809}",
    ];

    private readonly Random _random = new(seed);

    public byte[] Next() => _random.Next(10) switch
    {
        0 => Garbage(),
        1 => Encoding.UTF8.GetBytes(Nested()),
        2 => Value(),
        _ => Mutate(Encoding.UTF8.GetBytes(Bodies.Full)),
    };

    private byte[] Garbage()
    {
        var bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Nested()
    {
        var depth = _random.Next(1, 3000);
        var (open, close) = _random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        var inside = string.Concat(Enumerable.Repeat(open, depth)) + "1" + (_random.Next(3) == 0 ? "" : string.Concat(Enumerable.Repeat(close, depth)));
        return _random.Next(2) == 0 ? inside : $"{{\"model\":\"openai/a\",\"input\":{{\"x\":{inside}}}}}";
    }

    /// <summary>A field with a value of another kind.</summary>
    private byte[] Value()
    {
        var field = Api.Submit.SubmitFields.Run[_random.Next(Api.Submit.SubmitFields.Run.Count)];
        var value = Fragments[_random.Next(Fragments.Length)];
        return Encoding.UTF8.GetBytes($"{{\"model\":\"openai/a\",\"input\":{{}},\"{field}\":{value}}}");
    }

    private byte[] Mutate(byte[] body)
    {
        var bytes = new List<byte>(body);
        for (var edits = _random.Next(6); edits > 0; edits--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(_random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[_random.Next(Fragments.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(_random.Next(1, 60), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }
}
