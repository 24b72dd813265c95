using System.CommandLine;
using Orchestrator.Client;

namespace Orchestrator.Cli;

internal static class RerunCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var ids = RunIdArgument.CreateMany(ArgumentArity.OneOrMore);
        var model = new Option<string?>("--model") { Description = "In the place of the run's own.", HelpName = "MODEL" };
        var watch = new Option<bool>("--watch") { Description = "Watch the new run, as `watch` does." };
        var key = new Option<string?>("--idempotency-key") { Description = "The same key for the same run and model is the same new run.", HelpName = "KEY" };
        var command = new Command("rerun", "Submits what a run was submitted with once more, and prints the new run's id.") { ids, model, watch, key };
        command.Validators.Add(result =>
        {
            if (RunIdArgument.Count(result) > 1 && (result.GetResult(watch) is { Implicit: false } || result.GetResult(key) is { Implicit: false }))
            {
                result.AddError("rerun takes one ID with --watch or --idempotency-key");
            }
        });
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            string[] origins = [.. parsed.GetRequiredValue(ids).Distinct(StringComparer.Ordinal)];
            var again = new Rerun(session, parsed.GetValue(model));
            return origins is [var one]
                ? await again.OneAsync(one, parsed.GetValue(key), parsed.GetValue(watch), cancellationToken)
                : await again.EachAsync(origins, cancellationToken);
        }));
        return command;
    }
}
