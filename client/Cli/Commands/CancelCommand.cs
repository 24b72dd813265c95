using System.CommandLine;
using Orchestrator.Client;

namespace Orchestrator.Cli;

internal static class CancelCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var id = RunIdArgument.Create();
        var command = new Command("cancel", "Stops a run, upstream too. A run that has ended stays as it is.") { id };
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            var run = await session.Client.CancelAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (session.Json)
            {
                session.Terminal.Line(JsonLine.Of(run));
            }
            else
            {
                session.Terminal.Row(run.Id, RunFields.Status(run));
            }

            return ExitCode.Completed;
        }));
        return command;
    }
}
