using Azure;

namespace Orchestrator.Journals.AzureBlobs.Blobs;

/// <param name="Data">What is in it.</param>
/// <param name="Tag">Which state of it that is.</param>
internal sealed record StoredBlob(ReadOnlyMemory<byte> Data, ETag Tag);
