using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestrator.Cli;

/// <summary>Writes to whoever reads: a person at a terminal, or a program at the end of a pipe.</summary>
internal sealed class Terminal
{
    private readonly CliSurroundings _surroundings;
    private bool _midLine;
    private string _half = "";

    public Terminal(CliSurroundings surroundings) => _surroundings = surroundings;

    public bool OutIsTerminal => _surroundings.OutIsTerminal;

    /// <summary>Columns.</summary>
    public int Width => _surroundings.Width();

    /// <summary>Text of a model or of the service: harmless on a terminal, untouched in a pipe.</summary>
    public void Text(string text)
    {
        // The first half of a character waits for the second one: alone it could not be written.
        text = _half + text;
        _half = text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[^1..] : "";
        text = text[..^_half.Length];
        var shown = OutIsTerminal ? SafeText.ForTerminal(text) : text;
        _surroundings.Out.Write(shown);
        _surroundings.Out.Flush();
        _midLine = shown.Length == 0 ? _midLine : !shown.EndsWith('\n');
    }

    /// <summary>A line of output.</summary>
    public void Line(string text) => Text(text + "\n");

    /// <summary>A row of output for a program: fields between tabs, none of them with a tab or a line end in it.</summary>
    public void Row(params IEnumerable<string?> fields) => Line(string.Join('\t', fields.Select(field => SafeText.OneLine(field ?? ""))));

    /// <summary>Bytes for a pipe.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        _surroundings.Out.Flush();
        _surroundings.OutBytes.Write(bytes);
        _surroundings.OutBytes.Flush();
    }

    /// <summary>A line beside the output, on the error stream. It does not tear a line of output apart.</summary>
    public void Note(string text)
    {
        if (_surroundings.ErrorIsTerminal)
        {
            EndLine();
        }

        _surroundings.Error.WriteLine(_surroundings.ErrorIsTerminal ? SafeText.OneLine(text) : text);
    }

    /// <summary>Whether there is somebody who can answer a question.</summary>
    public bool CanAsk => _surroundings is { InIsTerminal: true, ErrorIsTerminal: true };

    /// <summary>Asks for a yes on the error stream; everything else is a no.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        EndLine();
        await _surroundings.Error.WriteAsync(SafeText.OneLine(question) + " [y/N] ");
        try
        {
            // A terminal's line can not be waited for with a token: its reader is left behind at Ctrl-C.
            var answer = await Task.Run(_surroundings.In().ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
            return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
        }
        catch (OperationCanceledException)
        {
            await _surroundings.Error.WriteLineAsync();
            throw;
        }
    }

    /// <summary>On a terminal, ends a line of output that is not ended.</summary>
    public void EndLine()
    {
        if (OutIsTerminal && _midLine)
        {
            Text("\n");
        }
    }

    /// <summary>Tells that the text so far no longer counts: between the texts on a terminal, beside them in a pipe,
    /// where what was written can not be taken back.</summary>
    public void Restarted(string reason)
    {
        if (OutIsTerminal)
        {
            Show(new Text($"— restarted: {SafeText.OneLine(reason)} —\n", new Style(decoration: Decoration.Dim)));
        }
        else
        {
            Note($"— restarted: {reason} — the text so far no longer counts; `orchestrator output` has the final one");
        }
    }

    /// <summary>A table or the like, for a person.</summary>
    public void Show(IRenderable what)
    {
        EndLine();
        Console(_surroundings.Out).Write(what);
        _surroundings.Out.Flush();
    }

    /// <summary>What is known of the thing above, under it: those that are null or empty are left out.</summary>
    public void ShowFacts(params IEnumerable<string?> facts) =>
        Show(new Padder(new Text(SafeText.OneLine(string.Join(" · ", facts.Where(static fact => fact is { Length: > 0 })))), new Padding(2, 0, 0, 0)));

    /// <summary>Something that turns while there is nothing to show; null where nobody would see it.</summary>
    public Waiting? Wait(string what) => OutIsTerminal && _surroundings.ErrorIsTerminal && _surroundings.Ansi
        ? new Waiting(Console(_surroundings.Error), what)
        : null;

    private IAnsiConsole Console(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new TerminalOutput(writer, _surroundings.Width()),
        Ansi = _surroundings.Ansi ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = _surroundings.Ansi ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = _surroundings.Ansi ? InteractionSupport.Yes : InteractionSupport.No,
    });
}
