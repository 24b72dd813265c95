using System.Globalization;
using Orchestrator.Client;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>One run: its fields, then its attempts.</summary>
internal static class RunDetails
{
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

        var attempts = new Table().Border(TableBorder.Simple).AddColumns("attempt", "model", "transport", "events", "re-attaches", "error");
        foreach (var attempt in run.Attempts)
        {
            attempts.AddRow(Cells(attempt).Select(cell => new Text(SafeText.OneLine(cell))));
        }

        terminal.Show(attempts);
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
