using Orchestrator.Client;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>Runs as a table for a person, or as the rows of one for a program.</summary>
internal sealed class RunTable(DateTimeOffset now)
{
    private readonly Table _table = new Table().Border(TableBorder.Simple)
        .AddColumn(new TableColumn("run").NoWrap())
        .AddColumns("status", "model", "created", "took", "tokens");

    /// <summary>The row for a program: id, status, model, created, ended, tokens, <c>incomplete</c> or nothing. Scripts depend on the order: new
    /// fields are added at the end.</summary>
    public static IEnumerable<string?> Cells(Run run) =>
    [
        run.Id,
        RunFields.Status(run),
        run.Model,
        Quantity.Of(run.CreatedAt),
        Quantity.Of(run.EndedAt),
        RunFields.Tokens(run),
        run.Incomplete ? "incomplete" : "",
    ];

    public void Add(Run run) => _table.AddRow(
        Cell(run.Id),
        new Text(RunFields.Status(run) + (run.Incomplete ? ", incomplete" : ""), new Style(Colour(run))),
        Cell(run.Model),
        Cell(RunFields.Age(run, now)),
        Cell(RunFields.Took(run, now)),
        Cell(RunFields.Tokens(run)));

    public void Show(Terminal terminal, bool more)
    {
        if (_table.Rows.Count == 0)
        {
            terminal.Note("no runs; submit one with `orchestrator submit MODEL PROMPT`");
            return;
        }

        terminal.Show(_table);
        if (more)
        {
            terminal.Note("there are more: --all, or a larger --limit");
        }
    }

    private static Text Cell(string? text) => new(SafeText.OneLine(text ?? ""));

    private static Color Colour(Run run) => run switch
    {
        { Incomplete: true } => Color.Yellow,
        { Status: RunStatus.Completed } => Color.Green,
        { Status: RunStatus.Failed } => Color.Red,
        { Status: RunStatus.Running } => Color.Blue,
        _ => Color.Default,
    };
}
