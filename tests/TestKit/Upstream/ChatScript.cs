using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Gateway;

namespace Orchestrator.TestKit.Upstream;

/// <summary>Writes an answer as the events of one of the three wires of the run path.</summary>
public static class ChatScript
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="wire">How it is written.</param>
    /// <param name="pieces">The text, in pieces: one event each.</param>
    /// <param name="finish">The reason to end, as the OpenAI wire calls it; null for none.</param>
    /// <param name="marker">With the wire's end marker.</param>
    /// <param name="usage">Output tokens; null for none told.</param>
    public static IReadOnlyList<byte[]> Render(
        WireFormat wire, IEnumerable<string> pieces, string? finish = "stop", bool marker = true, int? usage = null) => wire switch
        {
            WireFormat.Anthropic => Anthropic(pieces, finish, marker, usage),
            WireFormat.WorkersAi => WorkersAi(pieces, finish, marker, usage),
            _ => OpenAi(pieces, finish, marker, usage),
        };

    /// <summary>A failure inside the stream.</summary>
    public static byte[] Error(WireFormat wire, string type, string message) => wire == WireFormat.Anthropic
        ? Event("error", $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"{{{message}}}"}}""")
        : Data($$$"""{"error":{"type":"{{{type}}}","message":"{{{message}}}"}}""");

    public static byte[] Malformed() => Data("{\"choices\":[{\"delta\":");

    /// <summary>One tool call of the OpenAI wire, its arguments in pieces.</summary>
    public static IEnumerable<byte[]> ToolCall(int index, string id, string name, IEnumerable<string> arguments)
    {
        yield return Data(
            $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":{{{index}}},"id":"{{{id}}}","function":{"name":"{{{name}}}","arguments":""}}]}}]}""");
        foreach (var piece in arguments)
        {
            yield return Data(
                $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":{{{index}}},"function":{"arguments":{{{Quote(piece)}}}}}]}}]}""");
        }
    }

    public static byte[] Data(string data) => Encoding.UTF8.GetBytes($"data: {data}\n\n");

    private static List<byte[]> OpenAi(IEnumerable<string> pieces, string? finish, bool marker, int? usage)
    {
        List<byte[]> events = [Data("""{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""")];
        events.AddRange(pieces.Select(static piece => Data($$$"""{"choices":[{"index":0,"delta":{"content":{{{Quote(piece)}}}}}]}""")));
        if (finish is not null)
        {
            events.Add(Data($$$"""{"choices":[{"index":0,"delta":{},"finish_reason":"{{{finish}}}"}]}"""));
        }

        if (usage is not null)
        {
            events.Add(Data(string.Create(
                CultureInfo.InvariantCulture, $$$"""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":{{{usage}}},"total_tokens":{{{7 + usage}}}}}""")));
        }

        if (marker)
        {
            events.Add(Data("[DONE]"));
        }

        return events;
    }

    private static List<byte[]> Anthropic(IEnumerable<string> pieces, string? finish, bool marker, int? usage)
    {
        List<byte[]> events =
        [
            Event("message_start", """{"type":"message_start","message":{"role":"assistant","content":[],"usage":{"input_tokens":7,"output_tokens":1}}}"""),
            Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
        ];
        events.AddRange(pieces.Select(static piece => Event(
            "content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{Quote(piece)}}}}}""")));
        if (finish is not null)
        {
            var reason = finish == "length" ? "max_tokens" : "end_turn";
            events.Add(Event(
                "message_delta",
                $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}"},"usage":{"output_tokens":{{{(usage ?? 1).ToString(CultureInfo.InvariantCulture)}}}}}"""));
        }

        if (marker)
        {
            events.Add(Event("message_stop", """{"type":"message_stop"}"""));
        }

        return events;
    }

    private static List<byte[]> WorkersAi(IEnumerable<string> pieces, string? finish, bool marker, int? usage)
    {
        List<byte[]> events = [.. pieces.Select(static piece => Data($$"""{"response":{{Quote(piece)}}}"""))];
        if (finish is not null || usage is not null)
        {
            var reason = finish is null ? "null" : $"\"{finish}\"";
            var tokens = usage is null
                ? "null"
                : string.Create(CultureInfo.InvariantCulture, $$"""{"prompt_tokens":7,"completion_tokens":{{usage}},"total_tokens":{{7 + usage}}}""");
            events.Add(Data($$"""{"response":"","finish_reason":{{reason}},"usage":{{tokens}}}"""));
        }

        if (marker)
        {
            events.Add(Data("[DONE]"));
        }

        return events;
    }

    private static byte[] Event(string name, string data) => Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n");

    private static string Quote(string text) => JsonSerializer.Serialize(text, Json);
}
