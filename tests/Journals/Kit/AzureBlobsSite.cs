using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Orchestrator.Journals.AzureBlobs;
using Orchestrator.Journals.AzureBlobs.Blobs;
using Orchestrator.Journals.AzureBlobs.Log;
using Orchestrator.Journals.Storage;
using Orchestrator.TestKit.Azurite;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>A container of its own in a server that the tests share.</summary>
internal sealed class AzureBlobsSite(AzuriteServer server) : JournalSite
{
    private readonly string _container = "journal-" + Guid.NewGuid().ToString("N");

    public AzureBlobsJournalOptions Options => new() { ConnectionString = server.ConnectionString, Container = _container };

    public BlobContainerClient Container => new(server.ConnectionString, _container);

    public override async Task DamageBlockAsync(SegmentId segment, int number, Func<byte[], byte[]> damage)
    {
        var log = new LogBlobs(new BlobStore(Options));
        var blocks = new List<byte[]>();
        await foreach (var block in log.ReadAsync(segment, 0, CancellationToken.None))
        {
            blocks.Add(block.Data.ToArray());
        }

        blocks[number] = damage(blocks[number]);
        var blob = Container.GetAppendBlobClient(BlobNames.Segment(segment));
        await blob.CreateAsync();
        foreach (var block in blocks)
        {
            using var content = new MemoryStream(block);
            await blob.AppendBlockAsync(content);
        }
    }

    public override async Task<bool> HoldsAsync(byte[] bytes)
    {
        await foreach (var blob in Container.GetBlobsAsync())
        {
            if (await ReadAsync(blob.Name) is { } content && content.ToMemory().Span.IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null for a blob that was deleted since it was listed.</summary>
    private async Task<BinaryData?> ReadAsync(string name)
    {
        try
        {
            return (await Container.GetBlobClient(name).DownloadContentAsync()).Value.Content;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    protected override async Task<IJournalStorage> OpenStorageAsync() => await AzureBlobsStorage.OpenAsync(Options);

    protected override async Task DeleteAsync() => await Container.DeleteIfExistsAsync();
}
