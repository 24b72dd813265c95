using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Tells what became of each of many runs, and in the end of all of them.</summary>
internal sealed class BulkPrinter(Session session, BulkAction action)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _exitCode = ExitCode.Completed;

    public int Count { get; private set; }

    /// <summary>A row: id, outcome, and why where it was not done.</summary>
    public void Print(BulkResult result)
    {
        Count++;
        _exitCode = Math.Max(_exitCode, Code(result));
        var word = Word(result);
        _counts[word] = _counts.GetValueOrDefault(word) + 1;
        if (session.Json)
        {
            session.Terminal.Line(JsonLine.Of(result.Json));
        }
        else
        {
            session.Terminal.Row(result.Id, word, Why(result));
        }
    }

    /// <summary>Says how many there were of each outcome: to a person, and where some were not done.</summary>
    /// <returns>The exit code: of several the highest.</returns>
    public int End()
    {
        if (Count == 0)
        {
            session.Terminal.Note($"no runs to {action.Verb}");
        }
        else if (session.Surroundings.ErrorIsTerminal || _exitCode != ExitCode.Completed)
        {
            session.Terminal.Note($"{Quantity.Of(Count, "run")}: {string.Join(", ", _counts.Select(static count => FormattableString.Invariant($"{count.Value:N0} {count.Key}")))}");
        }

        return _exitCode;
    }

    private static int Code(BulkResult result) => result switch
    {
        { IsDone: true } => ExitCode.Completed,
        { Outcome: BulkOutcome.NotFound } => ExitCode.NotFound,
        { Outcome: BulkOutcome.Active } => ExitCode.Usage,
        _ => ExitCode.Unreachable,
    };

    private static string Word(BulkResult result) => result.Outcome switch
    {
        BulkOutcome.Cancelled => "cancelled",
        BulkOutcome.Deleted => "deleted",
        BulkOutcome.AlreadyEnded => "already-ended",
        BulkOutcome.Active => "active",
        BulkOutcome.NotFound => "not-found",
        _ => "failed",
    };

    private string Why(BulkResult result) => result switch
    {
        { Error: { } error } => error,
        { Outcome: BulkOutcome.Active } => action.WhenActive,
        _ => "",
    };
}
