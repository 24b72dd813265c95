using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Watches one run to its end and says how it ended.</summary>
internal sealed class RunWatcher(Session session)
{
    /// <param name="runId">The run.</param>
    /// <param name="after">The cursor to begin behind.</param>
    /// <param name="known">Whether the service was just heard of. If not, one that does not answer is no reason to wait.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public async Task<int> WatchAsync(string runId, long after, bool known, CancellationToken cancellationToken)
    {
        var cursor = after;
        var reconnects = 0;
        Outcome? outcome = null;
        IEventPrinter printer = session.Json ? new JsonPrinter(session.Terminal) : new TextPrinter(session);
        await using var _ = printer;
        var options = new WatchOptions { FailIfNeverConnected = !known, OnDrop = printer.OnDrop, OnReattach = _ => reconnects++ };
        try
        {
            await foreach (var wire in session.Client.WatchJsonAsync(runId, after, options, cancellationToken))
            {
                var next = wire.Read();
                await printer.PrintAsync(wire, next);
                cursor = wire.Seq;
                outcome ??= Outcome.Of(next);
            }

            var run = await session.Client.GetAsync(runId, cancellationToken);
            outcome ??= Outcome.Of(run);
            await printer.EndAsync(run, outcome, reconnects, cancellationToken);
            return outcome.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await printer.DisposeAsync();
            session.Terminal.Note($"{runId} goes on; come back with: {session.ComeBack(runId, cursor)}");
            return ExitCode.Interrupted;
        }
        catch (ServiceUnreachableException lost) when (known || cursor > after)
        {
            await printer.DisposeAsync();
            session.Terminal.Note($"the service was lost: {lost.Message}");
            session.Terminal.Note($"{runId} goes on when it is back; come back with: {session.ComeBack(runId, cursor)}");
            return ExitCode.Unreachable;
        }
    }
}
