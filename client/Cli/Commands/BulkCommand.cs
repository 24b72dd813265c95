using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>
/// Does something to one run, to several, or to all that fit a filter. Who is asked first is asked about the very runs that it is then done to,
/// however many come to fit the filter meanwhile.
/// </summary>
internal static class BulkCommand
{
    private const int LongestPage = 200;

    public static Command Create(GlobalOptions globals, BulkAction action)
    {
        var ids = RunIdArgument.CreateMany(ArgumentArity.ZeroOrMore);
        var filter = new RunFilter(action.Possible);
        var all = new Option<bool>("--all") { Description = "All runs that it can be done to." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask; a filter needs it where nobody can be asked." };
        var command = new Command(action.Verb, $"{action.Description} Give IDs, or a filter.") { ids, all, yes };
        filter.AddTo(command);
        command.Validators.Add(result => Check(action, result, filter.IsGiven(result) || result.GetResult(all) is { Implicit: false }));
        command.SetAction(globals.Action(async (session, parsed, cancellationToken) =>
        {
            string[] listed = [.. (parsed.GetValue(ids) ?? []).Distinct(StringComparer.Ordinal)];
            if (listed is [var one])
            {
                await action.OneAsync(session, one, cancellationToken);
                return ExitCode.Completed;
            }

            if (listed.Length > 0)
            {
                return parsed.GetValue(yes) || !session.Terminal.CanAsk
                    || await ConfirmAsync(session, action, Quantity.Of(listed.Length, "run"), cancellationToken)
                    ? await PrintAsync(session, action, action.Listed(session.Client, listed, cancellationToken))
                    : ExitCode.Interrupted;
            }

            var query = filter.Read(parsed, session.Surroundings.Time.GetUtcNow());
            query = query with { Statuses = query.Statuses is { Count: > 0 } some ? some : action.Possible };
            return parsed.GetValue(yes)
                ? await PrintAsync(session, action, action.Fitting(session.Client, query, cancellationToken))
                : await AskAsync(session, action, query, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> AskAsync(Session session, BulkAction action, RunQuery query, CancellationToken cancellationToken)
    {
        if (!session.Terminal.CanAsk)
        {
            throw new UsageException(
                $"{action.Verb} by a filter asks first, and here nobody can be asked: add --yes; `orchestrator list` with the same filter tells which runs it means");
        }

        var runs = new List<(string Id, RunStatus Status)>();
        await foreach (var run in session.Client.ListAllAsync(query with { Limit = LongestPage }, cancellationToken))
        {
            runs.Add((run.Id, run.Status));
        }

        if (runs.Count == 0)
        {
            session.Terminal.Note($"no runs to {action.Verb}");
            return ExitCode.Completed;
        }

        return await ConfirmAsync(session, action, HowMany([.. runs.CountBy(static run => run.Status)]), cancellationToken)
            ? await PrintAsync(session, action, action.Listed(session.Client, runs.Select(static run => run.Id), cancellationToken))
            : ExitCode.Interrupted;
    }

    /// <summary>"3 failed runs", or "5 runs (3 failed, 2 completed)".</summary>
    private static string HowMany(IReadOnlyList<KeyValuePair<RunStatus, int>> counts) => counts is [var (status, count)]
        ? Quantity.Of(count, RunFields.Status(status) + " run")
        : $"{Quantity.Of(counts.Sum(static each => each.Value), "run")} ({string.Join(", ", counts.Select(static each => FormattableString.Invariant($"{each.Value:N0} {RunFields.Status(each.Key)}")))})";

    private static async Task<bool> ConfirmAsync(Session session, BulkAction action, string howMany, CancellationToken cancellationToken)
    {
        var isSure = await session.Terminal.ConfirmAsync(string.Format(CultureInfo.InvariantCulture, action.Question, howMany), cancellationToken);
        if (!isSure)
        {
            session.Terminal.Note("nothing was done");
        }

        return isSure;
    }

    private static async Task<int> PrintAsync(Session session, BulkAction action, IAsyncEnumerable<BulkResult> results)
    {
        var printer = new BulkPrinter(session, action);
        try
        {
            await foreach (var result in results)
            {
                printer.Print(result);
            }
        }
        catch (OrchestratorException) when (printer.Count > 0)
        {
            session.Terminal.Note($"it stopped after {Quantity.Of(printer.Count, "run")}; the same command goes on with the others");
            throw;
        }

        return printer.End();
    }

    private static void Check(BulkAction action, CommandResult result, bool isFiltered)
    {
        var count = RunIdArgument.Count(result);
        if (count > 0 && isFiltered)
        {
            result.AddError($"{action.Verb} takes IDs or a filter, not both");
        }
        else if (count == 0 && !isFiltered)
        {
            result.AddError($"{action.Verb} takes IDs, or a filter such as --status {RunFields.Status(action.Possible[^1])}, or --all");
        }
    }
}
