using System.CommandLine;

namespace Orchestrator.Cli;

internal static class DeleteCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var id = RunIdArgument.Create();
        var command = new Command("delete", "Removes a finished run for good.") { id };
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            await session.Client.DeleteAsync(parsed.GetRequiredValue(id), cancellationToken);
            return ExitCode.Completed;
        }));
        return command;
    }
}
