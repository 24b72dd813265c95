using System.CommandLine;
using Orchestrator.Client;

namespace Orchestrator.Cli;

internal static class FeedbackCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var id = RunIdArgument.Create();
        var verdict = new Argument<string?>("VERDICT") { Description = "good, bad, or none.", Arity = ArgumentArity.ZeroOrOne };
        verdict.AcceptOnlyFromAmong("good", "bad", "none");
        var score = new Option<double?>("--score") { Description = "A score of your own.", HelpName = "N" };
        var metadata = MetadataOption.Create("Noted on the gateway's log; as often as needed.");
        var command = new Command("feedback", "Notes feedback on the gateway's log of a run.") { id, verdict, score, metadata };
        command.Validators.Add(result =>
        {
            if (result.GetResult(verdict) is not { Tokens.Count: > 0 } && result.GetResult(score) is null && result.GetResult(metadata) is null)
            {
                result.AddError("feedback takes a verdict (good, bad, none), --score or --metadata");
            }
        });
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            var feedback = new RunFeedback
            {
                Feedback = Number(parsed.GetValue(verdict)),
                Score = parsed.GetValue(score),
                Metadata = MetadataOption.ReadJson(parsed.GetValue(metadata)),
            };
            await session.Client.SendFeedbackAsync(parsed.GetRequiredValue(id), feedback, cancellationToken);
            return ExitCode.Completed;
        }));
        return command;
    }

    private static int? Number(string? verdict) => verdict switch
    {
        "good" => 1,
        "bad" => -1,
        "none" => 0,
        _ => null,
    };
}
