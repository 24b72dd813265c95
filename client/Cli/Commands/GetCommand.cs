using System.CommandLine;

namespace Orchestrator.Cli;

internal static class GetCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var id = RunIdArgument.Create();
        var command = new Command("get", "Shows a run as it is now. Exits 0 whatever its status is.") { id };
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            var run = await session.Client.GetAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (session.Json)
            {
                session.Terminal.Line(JsonLine.Of(run.Json));
            }
            else
            {
                RunDetails.Print(session.Terminal, run);
            }

            return ExitCode.Completed;
        }));
        return command;
    }
}
