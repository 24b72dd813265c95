using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.Gateway.Tests;

/// <summary>What the events of an answer add up to, whatever the wire, as lines of text.</summary>
internal sealed class Normalised
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ChunkReading _reading = new();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly SortedDictionary<int, (string? Id, string? Name, StringBuilder Arguments)> _calls = [];
    private TokenUsage _usage;
    private string? _model;
    private string? _finish;
    private bool _terminal;
    private long _carried;
    private GatewayError? _error;

    public static string Of(WireFormat wire, IEnumerable<byte[]> events)
    {
        var all = new Normalised();
        foreach (var raw in events)
        {
            WireReader.Read(wire, raw, all._reading, all._carried);
            all._carried = all._reading.Carried;
            all.Take();
        }

        return all.ToString();
    }

    public static string Of(WireFormat wire, byte[] document)
    {
        var all = new Normalised();
        WireReader.ReadDocument(wire, document, all._reading);
        all.Take();
        return all.ToString();
    }

    public override string ToString()
    {
        var lines = new StringBuilder();
        Line(lines, "model: ", _model is null ? null : Quoted(_model));
        Line(lines, "text: ", _text.Length == 0 ? null : Quoted(_text.ToString()));
        Line(lines, "reasoning: ", _reasoning.Length == 0 ? null : Quoted(_reasoning.ToString()));
        foreach (var (index, call) in _calls)
        {
            Line(lines, string.Create(CultureInfo.InvariantCulture, $"tool {index} id={call.Id} name={call.Name}: "), call.Arguments.ToString());
        }

        Line(lines, "usage: ", _usage.HasAny ? $"{Count(_usage.Input)} {Count(_usage.Output)} {Count(_usage.Total)}" : null);
        Line(lines, "finish: ", _finish);
        Line(lines, "error: ", _error is null ? null : $"{_error.Code} {Count(_error.Status)} {_error.Message}");
        Line(lines, "terminal", _terminal ? "" : null);
        return lines.ToString();
    }

    private void Take()
    {
        Assert.False(_reading.Malformed);
        foreach (var delta in _reading.Deltas)
        {
            var escaped = _reading.EscapedText(delta);
            if (delta.Kind != DeltaKind.ToolCall)
            {
                JsonText.Unescape(escaped, delta.Kind == DeltaKind.Text ? _text : _reasoning);
                continue;
            }

            var call = _calls.TryGetValue(delta.Index, out var known) ? known : (null, null, new StringBuilder());
            JsonText.Unescape(escaped, call.Arguments);
            _calls[delta.Index] = (delta.ToolId ?? call.Id, delta.ToolName ?? call.Name, call.Arguments);
        }

        var usage = _reading.Usage;
        _usage = new TokenUsage(usage.Input ?? _usage.Input, usage.Output ?? _usage.Output, usage.Total ?? _usage.Total);
        _model = _reading.Model ?? _model;
        _finish = _reading.FinishReason ?? _finish;
        _error ??= _reading.Error;
        _terminal |= _reading.Terminal;
    }

    private static void Line(StringBuilder lines, string name, string? value)
    {
        if (value is not null)
        {
            lines.Append((name + value).TrimEnd()).Append('\n');
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable).Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal);

    private static string Count(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
