using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Shows a run that was just submitted: its id, or all of it as it comes.</summary>
internal static class SubmittedPrinter
{
    public static async Task<int> ShowAsync(Session session, SubmittedRun submitted, bool watch, CancellationToken cancellationToken)
    {
        var run = submitted.Run;
        if (!submitted.IsNew)
        {
            session.Terminal.Note($"this key was used before: {run.Id} is the run it began");
        }

        if (watch)
        {
            session.Terminal.Note(run.Id);
            return await new RunWatcher(session).WatchAsync(run.Id, after: 0, known: true, cancellationToken);
        }

        session.Terminal.Line(session.Json ? JsonLine.Of(run.Json) : run.Id);
        if (session.Terminal.OutIsTerminal && !session.Json)
        {
            session.Terminal.Note($"watch it: {session.ComeBack(run.Id, 0)}");
        }

        return ExitCode.Completed;
    }
}
