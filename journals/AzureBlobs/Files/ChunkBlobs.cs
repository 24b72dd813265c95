using System.Globalization;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.AzureBlobs.Blobs;
using Orchestrator.Journals.AzureBlobs.Rows;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs.Files;

/// <summary>The runs' files: a block blob per chunk, whose name tells what is in it, so that a list of names finds one.</summary>
internal sealed class ChunkBlobs(BlobStore store, RowBlobs rows)
{
    private const int AtOnce = 16;

    public async Task WriteAsync(IReadOnlyList<RunChunk> chunks, CancellationToken cancellationToken)
    {
        var runs = chunks.Select(chunk => chunk.Run).Distinct().ToList();
        var there = await rows.ThereAsync(runs, cancellationToken);
        var wanted = chunks.Where(chunk => there.Contains(chunk.Run)).ToList();
        await Parallel.ForEachAsync(
            wanted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (chunk, stop) => await store.TryAddAsync(Name(chunk), chunk.Data, stop));

        // A run that was deleted meanwhile took with it what was there then.
        var still = await rows.ThereAsync([.. there], CancellationToken.None);
        foreach (var run in there.Except(still))
        {
            await DeleteAsync(run);
        }
    }

    public async Task<byte[]?> FindAsync(RunId run, Func<ChunkName, bool> holds, CancellationToken cancellationToken)
    {
        var names = await ListAsync(run, cancellationToken);
        return names.LastOrDefault(holds) is { } name && await store.FindAsync(name.Name, cancellationToken) is { } blob ? blob.Data.ToArray() : null;
    }

    public async Task<long> FindLastNumberAsync(RunId run, CancellationToken cancellationToken)
    {
        var names = await ListAsync(run, cancellationToken);
        return names.Count == 0 ? 0 : names.Max(name => name.LastNumber);
    }

    public async Task DeleteAsync(RunId run)
    {
        var names = await ListAsync(run, CancellationToken.None);
        await Parallel.ForEachAsync(
            names, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (name, _) => await store.DeleteAsync(name.Name));
    }

    private async Task<List<ChunkName>> ListAsync(RunId run, CancellationToken cancellationToken)
    {
        var names = new List<ChunkName>();
        await foreach (var blob in store.ListAsync(BlobNames.Chunks(run), cancellationToken: cancellationToken))
        {
            names.Add(ChunkName.Parse(blob.Name));
        }

        return names;
    }

    private static string Name(RunChunk chunk) => string.Create(
        CultureInfo.InvariantCulture, $"{BlobNames.Chunks(chunk.Run)}{chunk.FirstNumber:D19}.{chunk.Count}.{chunk.CheckpointSeq?.ToString(CultureInfo.InvariantCulture) ?? "-"}");
}
