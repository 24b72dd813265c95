using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;
using Orchestrator.Journals.AzureBlobs.Blobs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs.Log;

/// <summary>
/// The log: an append blob per segment. A block is appended on the condition that the blob ends where its writer knows it to; a seal is a mark
/// at the end, without condition. So the service itself orders a writer and whoever fences it.
/// </summary>
internal sealed class LogBlobs(BlobStore store)
{
    /// <summary>The service takes 50,000 appends a blob. What is left over is for blocks of several pieces, and for seals.</summary>
    public const int MaxBlocks = 45_000;

    /// <summary>What a single append may have in every version of the service.</summary>
    private const int PieceBytes = 4 << 20;

    private const int PageBytes = 4 << 20;
    private const string SealedKey = "sealed";

    /// <summary>Whether the segment took the block. Throws what the client throws.</summary>
    public async Task<bool> TryAppendAsync(SegmentId segment, int position, ReadOnlyMemory<byte> block)
    {
        var blob = store.Segment(BlobNames.Segment(segment));
        for (var sent = 0; sent < block.Length; sent += PieceBytes)
        {
            var piece = block.Slice(sent, Math.Min(PieceBytes, block.Length - sent));
            try
            {
                var options = new AppendBlobAppendBlockOptions
                {
                    Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = position + sent },
                };
                using var content = new MemoryStream(piece.ToArray(), writable: false);
                await blob.AppendBlockAsync(content, options);
            }
            catch (RequestFailedException e) when (BlobFault.IsAbsent(e) || BlobFault.IsRefused(e))
            {
                // Pieces that are there already are a torn block at the end of a segment that is sealed.
                return false;
            }
        }

        return true;
    }

    public Task CreateAsync(SegmentId segment) => store.RunAsync(async () =>
    {
        await store.Segment(BlobNames.Segment(segment)).CreateIfNotExistsAsync();
        return true;
    });

    public Task SealAsync(SegmentId segment) => store.RunAsync(async () =>
    {
        var blob = store.Segment(BlobNames.Segment(segment));
        try
        {
            using var mark = new MemoryStream(SealMark.Bytes.ToArray(), writable: false);
            await blob.AppendBlockAsync(mark);

            // For the list only: a segment that is sealed and does not say so is sealed again.
            await blob.SetMetadataAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [SealedKey] = "1" });
        }
        catch (RequestFailedException e) when (BlobFault.IsAbsent(e))
        {
            // Dropped: nobody appends to it.
        }

        return true;
    });

    public async Task<IReadOnlyList<SegmentInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var segments = new List<SegmentInfo>();
        await foreach (var blob in store.ListAsync(BlobNames.Log, traits: BlobTraits.Metadata, cancellationToken: cancellationToken))
        {
            if (BlobNames.ParseSegment(blob.Name) is { } segment)
            {
                segments.Add(new SegmentInfo(segment, blob.Metadata?.ContainsKey(SealedKey) == true, blob.Properties.ContentLength ?? 0));
            }
        }

        return segments;
    }

    public async IAsyncEnumerable<StoredBlock> ReadAsync(
        SegmentId segment, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new SegmentReader(from);
        var isEnd = false;
        while (!reader.IsSealed && !isEnd)
        {
            if (await store.FindRangeAsync(BlobNames.Segment(segment), reader.End, PageBytes, cancellationToken) is not { } page)
            {
                yield break;
            }

            isEnd = page.Length < PageBytes;
            reader.Add(page);
            while (reader.TryRead(isEnd) is { } block)
            {
                yield return block;
            }
        }
    }

    /// <summary>Null where the segment is gone.</summary>
    public Task<byte[]?> ReadRangeAsync(SegmentId segment, long start, int length, CancellationToken cancellationToken) => length == 0
        ? Task.FromResult<byte[]?>([])
        : store.FindRangeAsync(BlobNames.Segment(segment), start, length, cancellationToken);

    public Task DropAsync(SegmentId segment) => store.DeleteAsync(BlobNames.Segment(segment));
}
