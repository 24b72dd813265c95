using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>A journal as one process has it.</summary>
internal sealed class JournalProcess(ControlledStorage storage, JournalOptions options, TimeProvider time) : IAsyncDisposable
{
    public ControlledStorage Storage => storage;

    public WriterId Id { get; } = WriterId.Create();

    public RunJournal Journal { get => field ??= new RunJournal(storage, Id, options, time, NullLogger.Instance); private set; }

    /// <summary>Nothing graceful happens: the process gets no answers from its storage any more, and is forgotten.</summary>
    public void Crash() => storage.Crash();

    public async Task<IRunWriter> OpenAsync(RunId run) =>
        await Journal.OpenAsync(run) ?? throw new InvalidOperationException($"{run} can not be opened.");

    public async ValueTask DisposeAsync()
    {
        if (storage.Crashed.IsCompleted)
        {
            await storage.DisposeAsync();
        }
        else
        {
            await Journal.DisposeAsync();
        }
    }
}
