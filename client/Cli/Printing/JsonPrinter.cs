using System.Text;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Every event on a line of its own, exactly as the service sent it.</summary>
internal sealed class JsonPrinter(Terminal terminal) : IEventPrinter
{
    public ValueTask PrintAsync(WireEvent wire, RunEvent next)
    {
        terminal.Line(Encoding.UTF8.GetString(wire.Json.Span));
        return ValueTask.CompletedTask;
    }

    public void OnDrop(WatchDrop drop) => terminal.Note(DropNote.Of(drop));

    public ValueTask EndAsync(Run run, Outcome outcome, int reconnects, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
