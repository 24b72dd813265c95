using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>The answer's text as it comes, and beside it, on the error stream, what a person should know.</summary>
internal sealed class TextPrinter(Session session) : IEventPrinter
{
    private readonly Terminal _terminal = session.Terminal;
    private readonly ToolCalls _toolCalls = new();
    private Waiting? _waiting = session.Terminal.Wait("waiting for the run");
    private bool _hasResult;
    private string? _lastFailure;

    public async ValueTask PrintAsync(WireEvent wire, RunEvent next)
    {
        switch (next)
        {
            case AttemptStarted started:
                _waiting?.Say($"waiting for {started.Model ?? "the model"}");
                break;
            case ReasoningDelta:
                _waiting?.Say("thinking");
                break;
            case OutputDelta delta:
                await StopWaitingAsync();
                _terminal.Text(delta.Text);
                break;
            case ToolCallDelta piece:
                _toolCalls.Add(piece);
                break;
            case OutputResult:
                _hasResult = true;
                break;
            case OutputReset reset:
                await StopWaitingAsync();
                _terminal.Restarted(_lastFailure ?? reset.Reason ?? "the attempt was abandoned");
                _toolCalls.Clear();
                _hasResult = false;
                break;
            case AttemptFailed failed:
                await StopWaitingAsync();
                _lastFailure = failed.Error?.Code;
                _terminal.Note($"attempt {failed.Attempt} failed: {Quantity.Of(failed.Error)}");
                break;
            case WarningRaised warning:
                await StopWaitingAsync();
                _terminal.Note($"warning: {warning.Message ?? warning.Code}");
                break;
        }
    }

    public void OnDrop(WatchDrop drop)
    {
        if (_waiting is { } waiting)
        {
            waiting.Say(DropNote.Of(drop));
        }
        else
        {
            _terminal.Note(DropNote.Of(drop));
        }
    }

    public async ValueTask EndAsync(Run run, Outcome outcome, int reconnects, CancellationToken cancellationToken)
    {
        await StopWaitingAsync();
        if (_hasResult && await session.Client.GetOutputAsync(run.Id, default, cancellationToken) is { } output)
        {
            OutputPrinter.Print(_terminal, run.Id, output);
        }

        _terminal.EndLine();
        foreach (var line in _toolCalls.Lines().Concat(RunSummary.Lines(run, outcome, reconnects)))
        {
            _terminal.Note(line);
        }
    }

    public ValueTask DisposeAsync() => StopWaitingAsync();

    private async ValueTask StopWaitingAsync()
    {
        if (_waiting is { } waiting)
        {
            _waiting = null;
            await waiting.DisposeAsync();
        }
    }
}
