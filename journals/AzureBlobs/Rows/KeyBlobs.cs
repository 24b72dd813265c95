using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.AzureBlobs.Blobs;
using Orchestrator.Journals.Formats;

namespace Orchestrator.Journals.AzureBlobs.Rows;

/// <summary>Idempotency keys: a blob each, of the run that has it and what it was taken with.</summary>
internal sealed class KeyBlobs(BlobStore store)
{
    /// <summary>Who has the key already; null where it is the run's now.</summary>
    public async Task<CreateOutcome.KeyTaken?> TakeAsync(NewRun run)
    {
        var name = BlobNames.Key(run.Summary.Tenant, run.IdempotencyKey!);
        var writer = new FieldWriter();
        writer.WriteRun(run.Summary.Id);
        writer.WriteOptionalText(run.RequestHash);
        while (!await store.TryAddAsync(name, writer.ToArray()))
        {
            if (await FindAsync(name, CancellationToken.None) is { } taken)
            {
                return taken.Run == run.Summary.Id ? null : taken;
            }
        }

        return null;
    }

    public Task<CreateOutcome.KeyTaken?> FindAsync(string tenant, string key, CancellationToken cancellationToken) =>
        FindAsync(BlobNames.Key(tenant, key), cancellationToken);

    /// <summary>Gives the key up where it is the run's.</summary>
    public async Task FreeAsync(string tenant, string key, RunId run)
    {
        var name = BlobNames.Key(tenant, key);
        if (await store.FindAsync(name, CancellationToken.None) is { } blob && Decode(blob).Run == run)
        {
            await store.DeleteAsync(name, blob.Tag);
        }
    }

    private static CreateOutcome.KeyTaken Decode(StoredBlob blob)
    {
        var reader = new FieldReader(blob.Data.Span);
        return new CreateOutcome.KeyTaken(reader.ReadRun(), reader.ReadOptionalText());
    }

    private async Task<CreateOutcome.KeyTaken?> FindAsync(string name, CancellationToken cancellationToken) =>
        await store.FindAsync(name, cancellationToken) is { } blob ? Decode(blob) : null;
}
