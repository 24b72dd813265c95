using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>A finished output: bytes for a pipe, text for a terminal.</summary>
internal static class OutputPrinter
{
    public static void Print(Terminal terminal, string runId, OutputContent output)
    {
        if (!terminal.OutIsTerminal)
        {
            terminal.Bytes(output.Bytes.Span);
        }
        else if (output.IsText)
        {
            terminal.Text(output.Text);
            terminal.EndLine();
        }
        else
        {
            terminal.Note($"{Quantity.Of(output.Bytes.Length, "byte")} of {output.ContentType}: write them to a file with `orchestrator output {runId} -o FILE`");
        }
    }
}
