using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Shows a run's events as they come. Disposed, it leaves the terminal in order.</summary>
internal interface IEventPrinter : IAsyncDisposable
{
    ValueTask PrintAsync(WireEvent wire, RunEvent next);

    /// <summary>The connection to the service was lost and will be tried again.</summary>
    void OnDrop(WatchDrop drop);

    /// <summary>The run is finished.</summary>
    ValueTask EndAsync(Run run, Outcome outcome, int reconnects, CancellationToken cancellationToken);
}
