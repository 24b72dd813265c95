using System.Globalization;
using Orchestrator.Client;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>One run: its fields, then its attempts.</summary>
internal static class RunDetails
{
    /// <summary>A narrower terminal has no room for a table of attempts and their errors.</summary>
    private const int Narrowest = 120;

    public static void Print(Terminal terminal, Run run)
    {
        if (terminal.OutIsTerminal)
        {
            Show(terminal, run);
            return;
        }

        foreach (var (name, value) in RunFields.Of(run))
        {
            terminal.Row(name, value);
        }

        foreach (var attempt in run.Attempts)
        {
            terminal.Row(["attempt", .. Cells(attempt)]);
        }
    }

    private static void Show(Terminal terminal, Run run)
    {
        var fields = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in RunFields.Of(run))
        {
            fields.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(SafeText.OneLine(value)));
        }

        terminal.Show(fields);
        if (run.Attempts.Count == 0)
        {
            return;
        }

        if (terminal.Width < Narrowest)
        {
            ShowLines(terminal, run.Attempts);
            return;
        }

        var attempts = new Table().Border(TableBorder.Simple).AddColumns("attempt", "model", "transport", "events", "re-attaches", "error");
        foreach (var attempt in run.Attempts)
        {
            attempts.AddRow(Cells(attempt).Select(cell => new Text(SafeText.OneLine(cell))));
        }

        terminal.Show(attempts);
    }

    private static void ShowLines(Terminal terminal, IEnumerable<RunAttempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            terminal.Show(new Text(string.Create(CultureInfo.InvariantCulture, $"attempt {attempt.Attempt}\n")));
            terminal.ShowFacts(
                attempt.Model,
                attempt.Transport,
                Quantity.Of(attempt.Events, "event"),
                attempt.Reattaches > 0 ? Quantity.Of(attempt.Reattaches, "re-attach", "re-attaches") : null,
                attempt.Error is null ? null : Quantity.Of(attempt.Error));
        }
    }

    private static IEnumerable<string> Cells(RunAttempt attempt) =>
    [
        attempt.Attempt.ToString(CultureInfo.InvariantCulture),
        attempt.Model ?? "",
        attempt.Transport ?? "",
        attempt.Events.ToString(CultureInfo.InvariantCulture),
        attempt.Reattaches.ToString(CultureInfo.InvariantCulture),
        attempt.Error is null ? "" : Quantity.Of(attempt.Error),
    ];
}
