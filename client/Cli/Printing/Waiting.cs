using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>A line that turns until there is something to show.</summary>
internal sealed class Waiting : IAsyncDisposable
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _shown;
    private StatusContext? _context;

    public Waiting(IAnsiConsole console, string what) =>
        _shown = console.Status().StartAsync(Markup.Escape(SafeText.OneLine(what)), context =>
        {
            _context = context;
            return _done.Task;
        });

    public void Say(string what)
    {
        if (_context is { } context)
        {
            context.Status = Markup.Escape(SafeText.OneLine(what));
        }
    }

    /// <summary>Takes the line away; what is written next begins where it was.</summary>
    public async ValueTask DisposeAsync()
    {
        _done.TrySetResult();
        await _shown;
    }
}
