using System.CommandLine;
using Orchestrator.Client;

namespace Orchestrator.Cli;

internal static class SubmitCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var arguments = new SubmitArguments();
        var watch = new Option<bool>("--watch") { Description = "Watch the run, as `watch` does." };
        var command = new Command("submit", "Submits a run and prints its id.") { watch };
        arguments.AddTo(command);
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            var submission = await arguments.ReadAsync(parsed, session.Surroundings, cancellationToken);
            var key = arguments.IdempotencyKey(parsed);
            var submitted = await SubmitAsync(session, submission, key, cancellationToken);
            if (!submitted.IsNew)
            {
                session.Terminal.Note($"this key was used before: {submitted.Run.Id} is the run it began");
            }

            if (parsed.GetValue(watch))
            {
                session.Terminal.Note(submitted.Run.Id);
                return await new RunWatcher(session).WatchAsync(submitted.Run.Id, after: 0, known: true, cancellationToken);
            }

            session.Terminal.Line(session.Json ? JsonLine.Of(submitted.Run) : submitted.Run.Id);
            if (session.Terminal.OutIsTerminal && !session.Json)
            {
                session.Terminal.Note($"watch it: {session.ComeBack(submitted.Run.Id, 0)}");
            }

            return ExitCode.Completed;
        }));
        return command;
    }

    // The key is made here so that it can be told: whoever does not know whether the run was accepted repeats the command with it.
    private static async Task<SubmittedRun> SubmitAsync(Session session, RunSubmission submission, string? key, CancellationToken cancellationToken)
    {
        if (key is not null)
        {
            return await session.Client.SubmitAsync(submission, key, cancellationToken);
        }

        key = Guid.NewGuid().ToString();
        try
        {
            return await session.Client.SubmitAsync(submission, key, cancellationToken) with { IsNew = true };
        }
        catch (Exception e) when (e is ServiceUnreachableException { MayHaveArrived: true } or OperationCanceledException)
        {
            session.Terminal.Note($"it is not known whether the run was accepted: repeat the command with --idempotency-key {key}");
            throw;
        }
    }
}
