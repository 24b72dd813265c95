using System.Text;

namespace Orchestrator.Cli;

/// <summary>The surroundings of this process.</summary>
internal static class ProcessSurroundings
{
    // A pipe gets UTF-8 whatever the locale says, without a byte order mark, so that what the model wrote arrives as it was.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static CliSurroundings Open()
    {
        var bytes = Console.OpenStandardOutput();
        return new CliSurroundings
        {
            Out = Console.IsOutputRedirected ? new StreamWriter(bytes, Utf8) : Console.Out,
            OutBytes = bytes,
            Error = Console.IsErrorRedirected ? new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true } : Console.Error,
            In = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput(), Utf8) : Console.In,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Variable = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Width = Columns(),
        };
    }

    private static int Columns()
    {
        try
        {
            return Console.IsOutputRedirected ? 80 : Math.Max(Console.WindowWidth, 40);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
