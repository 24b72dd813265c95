using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Client.Tests.Kit;

/// <summary>One connection's worth of an event stream, and how it ends. Events at or before the request's cursor are left out, as by the service.</summary>
internal sealed class EventScript
{
    private readonly List<(long Seq, string Text, Task Gate)> _parts = [];
    private Ending _ending = Ending.Clean;

    private enum Ending
    {
        Clean,
        Broken,
        Silent,
    }

    public static string Wire(long seq, string type, string more = "") => string.Create(
        CultureInfo.InvariantCulture, $"id: {seq}\nevent: {type}\ndata: {{\"seq\":{seq},\"type\":\"{type}\"{more}}}\n\n");

    public EventScript Event(long seq, string type, string more = "") => Add(seq, Wire(seq, type, more));

    public EventScript Text(long seq, string text) => Event(seq, "output.delta", $",\"attempt\":1,\"text\":\"{text}\"");

    public EventScript Comment() => Add(long.MaxValue, ": ping\n\n");

    /// <summary>Bytes as they are, whatever the cursor is.</summary>
    public EventScript Raw(string text) => Add(long.MaxValue, text);

    /// <summary>Says nothing until the task is done.</summary>
    public EventScript Waits(Task gate) => Add(long.MaxValue, "", gate);

    /// <summary>Breaks the connection after what was scripted, in the middle of the answer.</summary>
    public EventScript ThenBreaks() => EndingWith(Ending.Broken);

    /// <summary>Keeps the connection open and says nothing more.</summary>
    public EventScript ThenSilent() => EndingWith(Ending.Silent);

    public async Task AnswerAsync(HttpContext context, CancellationToken stop)
    {
        var after = long.Parse(context.Request.Query["after"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync(stop);
        foreach (var (_, text, gate) in _parts.Where(part => part.Seq > after))
        {
            await gate.WaitAsync(stop);
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
            await context.Response.Body.FlushAsync(stop);
        }

        if (_ending == Ending.Broken)
        {
            context.Abort();
        }
        else if (_ending == Ending.Silent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private EventScript Add(long seq, string text, Task? gate = null)
    {
        _parts.Add((seq, text, gate ?? Task.CompletedTask));
        return this;
    }

    private EventScript EndingWith(Ending ending)
    {
        _ending = ending;
        return this;
    }
}
