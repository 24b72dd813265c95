using System.Text;
using System.Text.Json;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>Puts the output together from client events alone, as a client does.</summary>
internal sealed class ClientAnswer
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly SortedDictionary<int, (string? Name, StringBuilder Arguments)> _calls = [];

    public string Text => _text.ToString();

    public string Reasoning => _reasoning.ToString();

    public IEnumerable<(int Index, string? Name, string Arguments)> ToolCalls =>
        _calls.Select(static call => (call.Key, call.Value.Name, call.Value.Arguments.ToString()));

    public void Take(string serverSentEvent)
    {
        using var data = JsonDocument.Parse(serverSentEvent.Split('\n')[2]["data: ".Length..]);
        switch (data.RootElement.GetProperty("type").GetString())
        {
            case "output.delta":
                Append(_text, data.RootElement, "text");
                break;
            case "reasoning.delta":
                Append(_reasoning, data.RootElement, "text");
                break;
            case "tool_call.delta":
                var index = data.RootElement.GetProperty("index").GetInt32();
                var call = _calls.TryGetValue(index, out var known) ? known : (null, new StringBuilder());
                Append(call.Item2, data.RootElement, "arguments");
                _calls[index] = (data.RootElement.TryGetProperty("name", out var name) ? name.GetString() : call.Item1, call.Item2);
                break;
            case "output.reset":
                _text.Clear();
                _reasoning.Clear();
                _calls.Clear();
                break;
        }
    }

    /// <summary>Half of a surrogate pair is a text like any other: the other half comes in the next event.</summary>
    private static void Append(StringBuilder text, JsonElement data, string property)
    {
        var raw = Encoding.UTF8.GetBytes(data.GetProperty(property).GetRawText());
        Gateway.JsonText.Unescape(raw.AsSpan()[1..^1], text);
    }
}
