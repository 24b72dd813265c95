using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;

namespace Orchestrator.Simulation.Tests.Hosts;

/// <summary>The engine's log: into the trace, and errors count as failures of the seed.</summary>
internal sealed class TraceLog(World world, string host) : ILogger<EmbeddedRuns>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => world.IsTracing || logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var message = $"{host}: {formatter(state, exception)}{(exception is null ? "" : " " + exception)}";
        world.Trace(message);
        if (logLevel >= LogLevel.Error)
        {
            world.Fail(message);
        }
    }
}
