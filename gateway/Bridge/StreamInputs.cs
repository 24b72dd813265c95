using System.Text.Json;
using System.Text.Unicode;

namespace Orchestrator.Gateway;

/// <summary>Sets <c>stream</c> in a model's inputs and leaves every other byte as it is.</summary>
internal sealed class StreamInputs
{
    private readonly ReadOnlyMemory<byte> _inputs;
    private readonly bool _stream;
    private readonly bool _includeUsage;
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private int _copied;
    private bool _hasStream;
    private bool _hasUsage;

    private StreamInputs(ReadOnlyMemory<byte> inputs, bool stream, bool includeUsage) =>
        (_inputs, _stream, _includeUsage) = (inputs, stream, includeUsage);

    /// <param name="parts">To be sent one after the other; they are parts of <paramref name="inputs"/> and what goes between.</param>
    /// <returns>What is wrong with the inputs, or null.</returns>
    public static string? TryApply(
        ReadOnlyMemory<byte> inputs, bool stream, bool includeUsage, out IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var edit = new StreamInputs(inputs, stream, includeUsage && stream);
        parts = edit._parts;
        try
        {
            edit.Apply();
            return Utf8.IsValid(inputs.Span) ? null : "The inputs are not UTF-8.";
        }
        catch (JsonException exception)
        {
            return $"The inputs are not a JSON object: {exception.Message}";
        }
    }

    private void Apply()
    {
        var json = new Utf8JsonReader(_inputs.Span, JsonValues.Options);
        json.ReadRoot();
        var open = (int)json.BytesConsumed;
        var isEmpty = true;
        var edits = new List<(int Start, int End, byte[] Text)>();
        while (json.NextProperty())
        {
            isEmpty = false;
            if (json.Is("stream"u8))
            {
                edits.Add(SetStream(ref json));
            }
            else if (_includeUsage && json.Is("stream_options"u8))
            {
                AddUsage(ref json, edits);
            }
            else
            {
                json.Skip();
            }
        }

        json.ReadEnd();
        Insert(open, isEmpty);
        foreach (var (start, end, text) in edits)
        {
            Replace(start, end, text);
        }

        _parts.Add(_inputs[_copied..]);
    }

    private (int Start, int End, byte[] Text) SetStream(ref Utf8JsonReader json)
    {
        _hasStream = true;
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return (start, (int)json.BytesConsumed, _stream ? "true"u8.ToArray() : "false"u8.ToArray());
    }

    /// <summary>Options without a word on usage get one; what is no object is the caller's word.</summary>
    private void AddUsage(ref Utf8JsonReader json, List<(int Start, int End, byte[] Text)> edits)
    {
        _hasUsage = true;
        if (!json.EnterObject())
        {
            return;
        }

        var open = (int)json.BytesConsumed;
        var isEmpty = true;
        var told = false;
        while (json.NextProperty())
        {
            isEmpty = false;
            told |= json.Is("include_usage"u8);
            json.Skip();
        }

        if (!told)
        {
            edits.Add((open, open, isEmpty ? "\"include_usage\":true"u8.ToArray() : "\"include_usage\":true,"u8.ToArray()));
        }
    }

    /// <summary>What is missing goes first. A missing <c>stream</c> is false already.</summary>
    private void Insert(int open, bool isEmpty)
    {
        var text = (_stream && !_hasStream, _includeUsage && !_hasUsage) switch
        {
            (true, true) => "\"stream\":true,\"stream_options\":{\"include_usage\":true}",
            (true, false) => "\"stream\":true",
            (false, true) => "\"stream_options\":{\"include_usage\":true}",
            _ => "",
        };
        if (text.Length > 0)
        {
            Replace(open, open, System.Text.Encoding.UTF8.GetBytes(isEmpty ? text : text + ","));
        }
    }

    private void Replace(int start, int end, byte[] text)
    {
        _parts.Add(_inputs[_copied..start]);
        _parts.Add(text);
        _copied = end;
    }
}
