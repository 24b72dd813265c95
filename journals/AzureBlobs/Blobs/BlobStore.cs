using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.AzureBlobs.Blobs;

/// <summary>A container, and what the journal does with single blobs. Conditions are answered, failures thrown.</summary>
/// <exception cref="JournalUnavailableException">The service can not be reached, or does not do it.</exception>
internal sealed class BlobStore
{
    private readonly BlobContainerClient _container;
    private readonly BlobContainerClient _once;

    public BlobStore(AzureBlobsJournalOptions options)
    {
        AzureBlobsJournalOptions.Validate(options);
        _container = Connect(options, retries: 3);
        _once = Connect(options, retries: 0);
        Place = $"Blob storage at {_container.AccountName}/{_container.Name}";
    }

    /// <summary>Account and container, for messages.</summary>
    public string Place { get; }

    public Task EnsureAsync() => RunAsync(async () =>
    {
        await _container.CreateIfNotExistsAsync();
        return true;
    });

    /// <summary>Of a log's segment. Its calls are made once: one whose answer is lost must not be made again unseen.</summary>
    public AppendBlobClient Segment(string name) => _once.GetAppendBlobClient(name);

    /// <summary>Null where it is not there.</summary>
    public Task<StoredBlob?> FindAsync(string name, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        try
        {
            var found = await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return new StoredBlob(found.Value.Content.ToMemory(), found.Value.Details.ETag);
        }
        catch (RequestFailedException e) when (BlobFault.IsAbsent(e))
        {
            return null;
        }
    });

    /// <summary>Bytes of a blob from an offset on; null where the blob is not there, empty where it ends before.</summary>
    public Task<byte[]?> FindRangeAsync(string name, long offset, int length, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, length) };
            var found = await _container.GetBlobClient(name).DownloadContentAsync(options, cancellationToken);
            return found.Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (BlobFault.IsAbsent(e))
        {
            return null;
        }
        catch (RequestFailedException e) when (e.Status == 416)
        {
            return (byte[]?)[];
        }
    });

    public Task PutAsync(string name, ReadOnlyMemory<byte> data) => WriteAsync(name, data, conditions: null, CancellationToken.None);

    /// <summary>False where there is such a blob.</summary>
    public Task<bool> TryAddAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        WriteAsync(name, data, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    /// <summary>False where it was changed since, or is gone.</summary>
    public Task<bool> TryReplaceAsync(string name, ReadOnlyMemory<byte> data, ETag tag) =>
        WriteAsync(name, data, new BlobRequestConditions { IfMatch = tag }, CancellationToken.None);

    /// <summary>False where it was not there, or was changed since the tag.</summary>
    public Task<bool> DeleteAsync(string name, ETag? tag = null) => RunAsync(async () =>
    {
        try
        {
            var conditions = tag is { } only ? new BlobRequestConditions { IfMatch = only } : null;
            return (await _container.GetBlobClient(name).DeleteIfExistsAsync(conditions: conditions)).Value;
        }
        catch (RequestFailedException e) when (BlobFault.IsRefused(e))
        {
            return false;
        }
    });

    /// <summary>In the order of the names.</summary>
    public async IAsyncEnumerable<BlobItem> ListAsync(
        string prefix, string? after = null, BlobTraits traits = BlobTraits.None, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var options = new GetBlobsOptions { Prefix = prefix, Traits = traits };
        await using var items = _container.GetBlobsAsync(options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await RunAsync(async () => await items.MoveNextAsync()))
        {
            if (after is null || string.CompareOrdinal(items.Current.Name, after) > 0)
            {
                yield return items.Current;
            }
        }
    }

    public async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (BlobFault.IsKnown(e) && e is not OperationCanceledException { CancellationToken.IsCancellationRequested: true })
        {
            throw BlobFault.ToException(e, Place);
        }
    }

    private static BlobContainerClient Connect(AzureBlobsJournalOptions options, int retries)
    {
        var settings = new BlobClientOptions
        {
            Retry =
            {
                MaxRetries = retries,
                Mode = RetryMode.Exponential,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(2),
                NetworkTimeout = options.CallTimeout,
            },
        };
        var client = TryConnect(options, settings);
        return client ?? throw new ArgumentException(
            "The connection string is not one of Azure Storage: give the account's, as its portal shows it.", nameof(options));
    }

    /// <summary>What is wrong with it may not be shown: it holds a key.</summary>
    private static BlobContainerClient? TryConnect(AzureBlobsJournalOptions options, BlobClientOptions settings)
    {
        try
        {
            return new BlobContainerClient(options.ConnectionString, options.Container, settings);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private Task<bool> WriteAsync(string name, ReadOnlyMemory<byte> data, BlobRequestConditions? conditions, CancellationToken cancellationToken) =>
        RunAsync(async () =>
        {
            try
            {
                await _container.GetBlobClient(name).UploadAsync(
                    new BinaryData(data), new BlobUploadOptions { Conditions = conditions }, cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (conditions is not null && (BlobFault.IsRefused(e) || BlobFault.IsAbsent(e)))
            {
                return false;
            }
        });
}
