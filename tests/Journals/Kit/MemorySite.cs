using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Tests.Kit;

/// <param name="isAtomic">Whether a commit's block and directory changes are one step.</param>
internal sealed class MemorySite(bool isAtomic) : JournalSite
{
    private readonly MemoryStore _store = new();

    public override Task DamageBlockAsync(SegmentId segment, int number, Func<byte[], byte[]> damage)
    {
        lock (_store)
        {
            var blocks = _store.Segments[segment].Blocks;
            var position = blocks.Keys.ElementAt(number);
            blocks[position] = damage(blocks[position]);
        }

        return Task.CompletedTask;
    }

    public override Task<bool> HoldsAsync(byte[] bytes)
    {
        lock (_store)
        {
            return Task.FromResult(
                _store.Segments.Values.SelectMany(segment => segment.Blocks.Values).Any(block => block.AsSpan().IndexOf(bytes) >= 0)
                || _store.Chunks.Values.SelectMany(run => run.Values).Any(chunk => chunk.Data.Span.IndexOf(bytes) >= 0));
        }
    }

    protected override Task<IJournalStorage> OpenStorageAsync() => Task.FromResult<IJournalStorage>(new MemoryStorage(_store, isAtomic));
}
