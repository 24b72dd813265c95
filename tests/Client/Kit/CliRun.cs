using System.Text;
using Orchestrator.Cli;

namespace Orchestrator.Client.Tests.Kit;

/// <summary>The command line in this process, with its surroundings captured.</summary>
internal sealed class CliRun : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly WatchedStream _out = new();
    private readonly WatchedStream _error = new();
    private readonly CancellationTokenSource _interrupt = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <param name="service">Null: <c>ORCHESTRATOR_URL</c> is not set.</param>
    public CliRun(Uri? service = null)
    {
        if (service is not null)
        {
            _variables["ORCHESTRATOR_URL"] = service.OriginalString;
        }
    }

    public bool Terminal { get; init; }

    public string Input { get; init; } = "";

    /// <summary>In the place of <see cref="Input"/>; ended with this.</summary>
    public TextReader? Reader { get; init; }

    public int Width { get; init; } = 160;

    public string Out => _out.Content;

    public byte[] OutBytes => _out.ToArray();

    public string Error => _error.Content;

    public CliRun With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public Task OutContainsAsync(string text) => _out.ContainsAsync(text);

    public Task ErrorContainsAsync(string text) => _error.ContainsAsync(text);

    public void Interrupt() => _interrupt.Cancel();

    public async Task<int> RunAsync(params string[] args)
    {
        await using var output = new StreamWriter(_out, Utf8, leaveOpen: true);
        await using var error = new StreamWriter(_error, Utf8, leaveOpen: true) { AutoFlush = true };
        var surroundings = new CliSurroundings
        {
            Out = output,
            OutBytes = _out,
            Error = error,
            In = () => Reader ?? new StringReader(Input),
            InIsTerminal = Terminal,
            OutIsTerminal = Terminal,
            ErrorIsTerminal = Terminal,
            Variable = name => _variables.GetValueOrDefault(name),
            Time = new ManualTime(skip: TimeSpan.FromSeconds(30)),
            Width = () => Width,
        };
        return await CommandLine.RunAsync(args, surroundings, _interrupt.Token).WaitAsync(TimeSpan.FromMinutes(2));
    }

    public void Dispose()
    {
        Reader?.Dispose();
        _interrupt.Dispose();
    }
}
