using System.CommandLine;
using System.Globalization;
using Orchestrator.Client;

namespace Orchestrator.Cli;

internal static class ListCommand
{
    private const int DefaultLimit = 20;
    private const int LongestPage = 100;

    public static Command Create(GlobalOptions globals)
    {
        var filter = new RunFilter(RunStatus.Queued, RunStatus.Running, RunStatus.Completed, RunStatus.Failed, RunStatus.Cancelled);
        var limit = new Option<int>("--limit") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number < 1)
            {
                result.AddError("--limit takes a number from 1");
            }
        });
        var all = new Option<bool>("--all") { Description = "All there are." };
        var command = new Command("list", "Lists runs, newest first.") { limit, all };
        filter.AddTo(command);
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            var most = parsed.GetValue(all) ? int.MaxValue : parsed.GetValue(limit);
            var query = filter.Read(parsed, session.Surroundings.Time.GetUtcNow()) with { Limit = Math.Min(most, LongestPage) };
            await PrintAsync(session, session.Client.ListAllAsync(query, cancellationToken), most, filter.IsGiven(parsed.CommandResult));
            return ExitCode.Completed;
        }));
        return command;
    }

    private static async Task PrintAsync(Session session, IAsyncEnumerable<Run> runs, int most, bool isFiltered)
    {
        // A person's table needs every row for its widths; a program gets each run as it comes.
        var table = session.Json || !session.Terminal.OutIsTerminal ? null : new RunTable(session.Surroundings.Time.GetUtcNow());
        var count = 0;
        await foreach (var run in runs)
        {
            if (++count > most)
            {
                break;
            }

            if (table is not null)
            {
                table.Add(run);
            }
            else if (session.Json)
            {
                session.Terminal.Line(JsonLine.Of(run.Json));
            }
            else
            {
                session.Terminal.Row(RunTable.Cells(run));
            }
        }

        table?.Show(session.Terminal, more: count > most, isFiltered);
    }
}
