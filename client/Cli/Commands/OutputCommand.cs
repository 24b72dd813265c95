using System.CommandLine;
using Orchestrator.Client;

namespace Orchestrator.Cli;

internal static class OutputCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var id = RunIdArgument.Create();
        var wait = new Option<bool>("--wait") { Description = "Wait until the run is finished." };
        var part = new Option<int?>("--part") { Description = "Which of several images, from 0.", HelpName = "K" };
        var file = new Option<string?>("--output", "-o") { Description = "Write it to this file instead of standard output.", HelpName = "FILE" };
        var command = new Command("output", "Writes a run's final output, and exits as the run ended; 3 while it is not finished.") { id, wait, part, file };
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            var run = await FinishedAsync(session, parsed.GetRequiredValue(id), parsed.GetValue(wait), cancellationToken);
            if (!run.IsFinished)
            {
                session.Terminal.Note($"{run.Id} is not finished: add --wait, or follow it with `{session.ComeBack(run.Id, 0)}`");
                return ExitCode.Incomplete;
            }

            var outcome = Outcome.Of(run);
            if (await OutputOfAsync(session.Client, run, parsed.GetValue(part), cancellationToken) is { } output)
            {
                if (parsed.GetValue(file) is { } path)
                {
                    await WriteAsync(session, path, output, cancellationToken);
                }
                else
                {
                    Print(session, run, output);
                }
            }

            if (outcome.Trouble is { } trouble)
            {
                session.Terminal.Note(trouble);
            }

            return outcome.ExitCode;
        }));
        return command;
    }

    private static async Task<Run> FinishedAsync(Session session, string runId, bool wait, CancellationToken cancellationToken)
    {
        var run = await session.Client.GetAsync(runId, cancellationToken);
        if (run.IsFinished || !wait)
        {
            return run;
        }

        await using var waiting = session.Terminal.Wait($"waiting for {runId}");
        return await session.Client.WaitForResultAsync(runId, cancellationToken: cancellationToken);
    }

    // A run that did not complete has no output, but what came of its text is kept.
    private static async Task<OutputContent?> OutputOfAsync(OrchestratorClient client, Run run, int? part, CancellationToken cancellationToken) => run switch
    {
        { Status: RunStatus.Completed } when part is { } one => await client.GetOutputPartAsync(run.Id, one, cancellationToken),
        { Status: RunStatus.Completed } => await client.GetOutputAsync(run.Id, cancellationToken: cancellationToken),
        { Output.Text: { Length: > 0 } text } => OutputContent.OfText(text),
        _ => null,
    };

    /// <summary>Whole or not at all: a file that is there already stays until the new one is complete.</summary>
    private static async Task WriteAsync(Session session, string path, OutputContent output, CancellationToken cancellationToken)
    {
        var incomplete = path + ".incomplete";
        try
        {
            await using (var stream = File.Create(incomplete))
            {
                await stream.WriteAsync(output.Bytes, cancellationToken);
            }

            File.Move(incomplete, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} can not be written: {e.Message}");
        }

        session.Terminal.Note($"{Quantity.Of(output.Bytes.Length, "byte")} of {output.ContentType} in {path}");
    }

    private static void Print(Session session, Run run, OutputContent output)
    {
        if (session.Json)
        {
            session.Terminal.Line(OutputJson.Of(run, output));
        }
        else
        {
            OutputPrinter.Print(session.Terminal, run.Id, output);
        }
    }
}
