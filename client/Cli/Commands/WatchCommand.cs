using System.CommandLine;

namespace Orchestrator.Cli;

internal static class WatchCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var id = RunIdArgument.Create();
        var after = new Option<long>("--after") { Description = "Begin behind this event: a cursor that an earlier watch told.", HelpName = "N" };
        after.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && text.StartsWith('-'))
            {
                result.AddError("--after takes 0 or the number of an event");
            }
        });
        var command = new Command("watch", "Shows a run's answer as it comes, across drops, and exits as the run ended.") { id, after };
        command.SetAction(globals.Action((session, parsed, cancellationToken) =>
            new RunWatcher(session).WatchAsync(parsed.GetRequiredValue(id), parsed.GetValue(after), known: false, cancellationToken)));
        return command;
    }
}
