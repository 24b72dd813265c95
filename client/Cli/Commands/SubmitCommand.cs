using System.CommandLine;

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
            var submitted = await KeyedSubmit.RunAsync(
                session,
                arguments.IdempotencyKey(parsed),
                (key, token) => session.Client.SubmitAsync(submission, key, token),
                static key => $"it is not known whether the run was accepted: repeat the command with --idempotency-key {key}",
                cancellationToken);
            return await SubmittedPrinter.ShowAsync(session, submitted, parsed.GetValue(watch), cancellationToken);
        }));
        return command;
    }
}
