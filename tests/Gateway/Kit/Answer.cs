using System.Buffers;
using System.Text;

namespace Orchestrator.Gateway.Tests;

/// <summary>What an answer adds up to.</summary>
internal sealed class Answer
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _arguments = new();

    public string Text => _text.ToString();

    public string Reasoning => _reasoning.ToString();

    public string Arguments => _arguments.ToString();

    public string ToolName { get; private set; } = "";

    public string? Finish { get; private set; }

    public bool Terminal { get; private set; }

    public TokenUsage Usage { get; private set; }

    public GatewayError? Error { get; private set; }

    public StreamSignal End { get; private set; }

    /// <summary>Reads a stream to its end.</summary>
    public static async Task<Answer> ReadAsync(StreamReply stream)
    {
        var answer = new Answer();
        var reading = new ChunkReading();
        StreamSignal signal;
        while ((signal = await stream.Events.NextAsync()).Kind == StreamSignalKind.Events)
        {
            while (stream.Events.TryRead(out var raw))
            {
                WireReader.Read(stream.Wire, raw.ToArray(), reading);
                Assert.False(reading.Malformed);
                answer.Take(reading);
            }
        }

        answer.End = signal;
        return answer;
    }

    public static Answer Read(DocumentReply document)
    {
        var answer = new Answer();
        var reading = new ChunkReading();
        WireReader.ReadDocument(document.Wire, document.Body.Span, reading);
        Assert.False(reading.Malformed);
        answer.Take(reading);
        return answer;
    }

    private void Take(ChunkReading reading)
    {
        foreach (var delta in reading.Deltas)
        {
            var into = delta.Kind switch { DeltaKind.Text => _text, DeltaKind.Reasoning => _reasoning, _ => _arguments };
            JsonText.Unescape(reading.EscapedText(delta), into);
            ToolName = delta.ToolName ?? ToolName;
        }

        Finish = reading.FinishReason ?? Finish;
        Terminal |= reading.Terminal;
        Error ??= reading.Error;
        Usage = reading.Usage.HasAny ? reading.Usage : Usage;
    }
}
