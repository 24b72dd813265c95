using Microsoft.Extensions.Logging;

namespace Orchestrator.Webhooks.Tests.Kit;

/// <summary>Everything that was logged; tests wait for an entry by its event's name.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<LogLine> _lines = [];
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Waits until there are so many of these; returns the last of them.</summary>
    public async Task<LogLine> SeenAsync(string name, int count = 1)
    {
        var patience = Task.Delay(Patience.Span);
        while (true)
        {
            Task written;
            lock (_lock)
            {
                var found = _lines.FindAll(line => line.Name == name);
                if (found.Count >= count)
                {
                    return found[count - 1];
                }

                written = _written.Task;
            }

            if (await Task.WhenAny(written, patience) == patience)
            {
                throw new TimeoutException($"Not logged {count} times: {name}. Logged was:\n{string.Join('\n', Lines)}");
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        TaskCompletionSource written;
        lock (_lock)
        {
            _lines.Add(new LogLine(logLevel, eventId.Name ?? "", $"{formatter(state, exception)} {exception}"));
            written = _written;
            _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        written.SetResult();
    }

    public void Dispose()
    {
    }
}
