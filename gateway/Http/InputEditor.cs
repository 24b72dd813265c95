using System.Text.Json;
using System.Text.Unicode;

namespace Orchestrator.Gateway;

/// <summary>Sets <c>stream</c>, <c>stream_options</c> and <c>model</c> in a model's inputs and leaves every other byte as it is.</summary>
internal sealed class InputEditor
{
    private readonly ReadOnlyMemory<byte> _inputs;
    private readonly InputEdit _edit;
    private readonly bool _includeUsage;
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private int _copied;
    private bool _hasStream;
    private bool _hasUsage;
    private bool _hasModel;

    private InputEditor(ReadOnlyMemory<byte> inputs, InputEdit edit) =>
        (_inputs, _edit, _includeUsage) = (inputs, edit, edit is { IncludeUsage: true, Stream: true });

    /// <param name="inputs">Not copied.</param>
    /// <param name="edit">What to set.</param>
    /// <param name="parts">To be sent one after the other; they are parts of <paramref name="inputs"/> and what goes between.</param>
    /// <returns>What is wrong with the inputs, or null.</returns>
    public static string? TryApply(ReadOnlyMemory<byte> inputs, InputEdit edit, out IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var editor = new InputEditor(inputs, edit);
        parts = editor._parts;
        try
        {
            editor.Apply();
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
            if (_edit.Stream is { } stream && json.Is("stream"u8))
            {
                _hasStream = true;
                edits.Add(ReplaceValue(ref json, stream ? "true"u8.ToArray() : "false"u8.ToArray()));
            }
            else if (_edit.Model is { } model && json.Is("model"u8))
            {
                _hasModel = true;
                edits.Add(ReplaceValue(ref json, Quote(model)));
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

    private static (int Start, int End, byte[] Text) ReplaceValue(ref Utf8JsonReader json, byte[] text)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return (start, (int)json.BytesConsumed, text);
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
        var missing = new List<byte[]>();
        if (_edit.Model is { } model && !_hasModel)
        {
            missing.Add([.. "\"model\":"u8, .. Quote(model)]);
        }

        if (_edit.Stream == true && !_hasStream)
        {
            missing.Add("\"stream\":true"u8.ToArray());
        }

        if (_includeUsage && !_hasUsage)
        {
            missing.Add("\"stream_options\":{\"include_usage\":true}"u8.ToArray());
        }

        for (var i = 0; i < missing.Count; i++)
        {
            Replace(open, open, isEmpty && i == missing.Count - 1 ? missing[i] : [.. missing[i], (byte)',']);
        }
    }

    private static byte[] Quote(string text) => [(byte)'"', .. JsonText.Escape(System.Text.Encoding.UTF8.GetBytes(text)), (byte)'"'];

    private void Replace(int start, int end, byte[] text)
    {
        _parts.Add(_inputs[_copied..start]);
        _parts.Add(text);
        _copied = end;
    }
}
