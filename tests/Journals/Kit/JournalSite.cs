using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>A storage, and the processes that share it.</summary>
internal abstract class JournalSite : IAsyncDisposable
{
    private readonly List<JournalProcess> _processes = [];

    public ManualTime Time { get; } = new();

    /// <summary>Starts a process: a journal with a writer id of its own.</summary>
    public async Task<JournalProcess> StartAsync(JournalOptions? options = null)
    {
        var storage = new ControlledStorage(await OpenStorageAsync());
        var process = new JournalProcess(storage, options ?? new JournalOptions { GatherDelay = TimeSpan.Zero }, Time);
        _processes.Add(process);
        return process;
    }

    /// <summary>Changes the n-th block of a segment, from 0.</summary>
    public abstract Task DamageBlockAsync(SegmentId segment, int number, Func<byte[], byte[]> damage);

    /// <summary>Whether the storage has these bytes anywhere where readers could still come across them.</summary>
    public abstract Task<bool> HoldsAsync(byte[] bytes);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await DeleteAsync();
    }

    protected abstract Task<IJournalStorage> OpenStorageAsync();

    protected virtual Task DeleteAsync() => Task.CompletedTask;
}
