using System.Text;

namespace Orchestrator.Cli;

/// <summary>The surroundings of this process.</summary>
internal static class ProcessSurroundings
{
    // A pipe gets UTF-8 whatever the locale says, without a byte order mark, so that what the model wrote arrives as it was.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static CliSurroundings Open()
    {
        var bytes = Console.IsOutputRedirected && !OperatingSystem.IsWindows() ? new PipedOutput(Console.OpenStandardOutput()) : Console.OpenStandardOutput();
        return new CliSurroundings
        {
            Out = new StreamWriter(bytes, Console.IsOutputRedirected ? Utf8 : Console.OutputEncoding),
            OutBytes = bytes,
            Error = new StreamWriter(Console.OpenStandardError(), Console.IsErrorRedirected ? Utf8 : Console.OutputEncoding) { AutoFlush = true },
            In = () => new StreamReader(Console.OpenStandardInput(), Console.IsInputRedirected ? Utf8 : Console.InputEncoding),
            InIsTerminal = !Console.IsInputRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Variable = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            Width = Columns,
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
