using System.Text;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>A terminal as the drawing library sees it.</summary>
internal sealed class TerminalOutput(TextWriter writer, int width) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => true;

    public int Width => width;

    public int Height => 24;

    public void SetEncoding(Encoding encoding)
    {
    }
}
