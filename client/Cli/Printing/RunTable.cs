using Orchestrator.Client;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>Runs as a table for a person, or as the rows of one for a program. Where a table is too wide for the terminal, a run has two lines.</summary>
internal sealed class RunTable(DateTimeOffset now)
{
    /// <summary>What a table takes with a model's name that is still told from others by what is left of it.</summary>
    private const int Narrowest = 120;

    private readonly List<Run> _runs = [];

    /// <summary>The row for a program: id, status, model, created, ended, tokens, <c>incomplete</c> or nothing, error or nothing. Scripts depend on
    /// the order: new fields are added at the end.</summary>
    public static IEnumerable<string?> Cells(Run run) =>
    [
        run.Id,
        RunFields.Status(run),
        run.Model,
        Quantity.Of(run.CreatedAt),
        Quantity.Of(run.EndedAt),
        RunFields.Tokens(run),
        run.Incomplete ? "incomplete" : "",
        run.Error is null ? "" : Quantity.Of(run.Error),
    ];

    public void Add(Run run) => _runs.Add(run);

    public void Show(Terminal terminal, bool more, bool isFiltered)
    {
        if (_runs.Count == 0)
        {
            terminal.Note(isFiltered ? "no such runs" : "no runs; submit one with `orchestrator submit MODEL PROMPT`");
            return;
        }

        if (terminal.Width >= Narrowest)
        {
            ShowTable(terminal);
        }
        else
        {
            ShowLines(terminal);
        }

        if (more)
        {
            terminal.Note("there are more: --all, or a larger --limit");
        }
    }

    private void ShowTable(Terminal terminal)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in (string[])["run", "status", "model", "created", "took", "tokens"])
        {
            table.AddColumn(name == "model" ? new TableColumn(name) : new TableColumn(name).NoWrap());
        }

        foreach (var run in _runs)
        {
            table.AddRow(
                Cell(run.Id),
                new Text(Status(run), new Style(Colour(run))),
                new Text(SafeText.OneLine(run.Model ?? "")).Overflow(Overflow.Ellipsis),
                Cell(RunFields.Age(run, now)),
                Cell(RunFields.Took(run, now)),
                Cell(RunFields.Tokens(run)));
        }

        terminal.Show(table);
    }

    private void ShowLines(Terminal terminal)
    {
        foreach (var run in _runs)
        {
            string?[] facts = [run.Model, RunFields.Age(run, now), $"took {RunFields.Took(run, now)}", Quantity.Of(run.Usage?.TotalTokens)];
            terminal.Show(new Paragraph(SafeText.OneLine(run.Id) + "  ").Append(Status(run) + "\n", new Style(Colour(run))));
            terminal.ShowFacts(facts);
        }
    }

    private static string Status(Run run) => RunFields.Status(run) + run switch
    {
        { Incomplete: true } => ", incomplete",
        { Error.Code: { } code } => ": " + SafeText.OneLine(code),
        _ => "",
    };

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
