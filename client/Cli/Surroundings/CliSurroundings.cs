namespace Orchestrator.Cli;

/// <summary>Everything a command touches outside itself.</summary>
internal sealed class CliSurroundings
{
    public required TextWriter Out { get; init; }

    /// <summary>The same place as <see cref="Out"/>, for bytes.</summary>
    public required Stream OutBytes { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public required Func<TextReader> In { get; init; }

    public required bool InIsTerminal { get; init; }

    public required bool OutIsTerminal { get; init; }

    public required bool ErrorIsTerminal { get; init; }

    /// <summary>An environment variable's value; null or empty is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Asks for the columns of the terminal, which change.</summary>
    public Func<int> Width { get; init; } = () => 80;

    /// <summary>Whether escape sequences may be written to a terminal at all.</summary>
    public bool Ansi => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";
}
