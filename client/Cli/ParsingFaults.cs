using System.Text.RegularExpressions;

namespace Orchestrator.Cli;

/// <summary>What the parser says of a wrong command line, as one says it to a person: it names types of .NET and writes lists over many lines.</summary>
internal static partial class ParsingFaults
{
    private const string NoCommand = "Required command was not provided.";

    public static IEnumerable<string> Explain(IReadOnlyList<string> messages) => messages

        // A command that there is not is the fault, not that there is none.
        .Where(message => messages.Count == 1 || message != NoCommand)
        .Select(static message => message == NoCommand ? "which command?" : OneLine(NotANumber().Replace(message, "${option} takes a number, not '${value}'")))
        .Distinct(StringComparer.Ordinal);

    private static string OneLine(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length < 2 ? message : $"{lines[0]} {string.Join(", ", lines[1..])}";
    }

    [GeneratedRegex(
        "^Cannot parse argument '(?<value>.*)' for option '(?<option>.*)' as expected type '.*'\\.$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NotANumber();
}
