using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>A journal as one process has it.</summary>
internal sealed class JournalProcess : IAsyncDisposable
{
    // Made when it is first asked for, so that a test can set the storage's gates before.
    private readonly Lazy<RunJournal> _journal;

    public JournalProcess(ControlledStorage storage, JournalOptions options, TimeProvider time)
    {
        Storage = storage;
        _journal = new Lazy<RunJournal>(() => new RunJournal(storage, Id, options, time, NullLogger.Instance));
    }

    public ControlledStorage Storage { get; }

    public WriterId Id { get; } = WriterId.Create();

    public RunJournal Journal => _journal.Value;

    /// <summary>Nothing graceful happens: the process gets no answers from its storage any more, and is forgotten.</summary>
    public void Crash() => Storage.Crash();

    public async Task<IRunWriter> OpenAsync(RunId run) =>
        await Journal.OpenAsync(run) ?? throw new InvalidOperationException($"{run} can not be opened.");

    /// <summary>Completes when the process passes a gate of the storage for the next time.</summary>
    public Task NextGate(string gate)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Storage.Passed += name =>
        {
            if (name == gate)
            {
                passed.TrySetResult();
            }
        };
        return passed.Task;
    }

    /// <summary>Holds the process at a gate, the next time or the n-th, until <paramref name="go"/> is set.</summary>
    public Task NextGate(string gate, out TaskCompletionSource go, int time = 1)
    {
        var left = time;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Storage.OnGate = async name =>
        {
            if (name == gate && Interlocked.Decrement(ref left) == 0 && arrived.TrySetResult())
            {
                await leave.Task;
            }
        };
        go = leave;
        return arrived.Task;
    }

    /// <summary>Waits for what happens in the background after the last gate.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(5, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Storage.Crashed.IsCompleted)
        {
            await Storage.DisposeAsync();
        }
        else
        {
            await Journal.DisposeAsync();
        }
    }
}
