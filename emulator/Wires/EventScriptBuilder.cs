using System.Text;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Settings;

namespace Orchestrator.Emulator.Wires;

/// <summary>Turns what a wire tells it into server-sent events, with the line ends and comments that the run asks for.</summary>
internal sealed class EventScriptBuilder(RunSettings settings, string lineEnd)
{
    private readonly List<IEventSegment> _segments = [];

    /// <summary>The size that events are asked to have, 0 when none was asked for.</summary>
    public int EventBytes => settings.EventBytes;

    /// <summary>The whole script of an answer: the wire's events, cut and spoilt as the settings say.</summary>
    public static EventScript Build(Wire wire, Answer answer, RunSettings settings)
    {
        var lineEnd = settings.Crlf ? "\r\n" : wire.LineEnd;
        EventScriptBuilder body = new(settings, lineEnd);
        wire.Stream(answer, body);
        var events = Math.Min(body._segments.Sum(static s => s.Count), settings.TruncateAfter ?? int.MaxValue);
        byte[]? error = null;
        if (settings.ErrorAfter is int after && after <= events)
        {
            EventScriptBuilder failure = new(settings, lineEnd);
            wire.Fail(failure);
            using ByteSlab frame = new();
            failure._segments[0].Write(0, frame);
            error = frame.Span.ToArray();
            events = after + 1;
        }

        return new EventScript(body._segments, events, body.CommentBlock(), error, settings.MalformedEvent, lineEnd.Length * 2);
    }

    public void Event(string data, string? name = null) =>
        _segments.Add(new FrameSegment(Encoding.UTF8.GetBytes(Open(name) + data + Close)));

    /// <summary>The event that says that the stream is at its end; left out where the run asks for that.</summary>
    public void Marker(string data, string? name = null)
    {
        if (!settings.NoDone)
        {
            Event(data, name);
        }
    }

    public void Pieces(Text? text, PieceFrame frame, string? name = null)
    {
        if (text is null || text.Pieces == 0)
        {
            return;
        }

        var padded = frame.AfterPadding is not null;
        _segments.Add(new PieceSegment(
            text,
            Encoding.UTF8.GetBytes(Open(name) + frame.Before),
            Encoding.UTF8.GetBytes(padded ? frame.After : frame.After + Close),
            Encoding.UTF8.GetBytes(padded ? frame.AfterPadding + Close : ""),
            padded && (frame.AlwaysPadded || EventBytes > 0) ? EventBytes : null));
    }

    private string Open(string? name) =>
        (settings.Comments == CommentStyle.Inside ? $": ping{lineEnd}" : "") + (name is null ? "" : $"event: {name}{lineEnd}") + "data: ";

    private string Close => lineEnd + lineEnd;

    private byte[] CommentBlock() => Encoding.UTF8.GetBytes(settings.Comments switch
    {
        CommentStyle.Between => ": ping" + Close,
        CommentStyle.Blank => lineEnd,
        _ => "",
    });
}
