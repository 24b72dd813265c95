using Microsoft.Extensions.Logging;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs;

/// <summary>Opens the journal that is kept in a container of Azure Blob Storage.</summary>
public static class AzureBlobsJournal
{
    /// <summary>
    /// Opens the journal, and makes its container where there is none. Any number of processes may have it open; a run belongs to one at a time.
    /// </summary>
    /// <exception cref="ArgumentException">The options can not be followed. The message does not show the connection string.</exception>
    /// <exception cref="Engine.Journal.JournalUnavailableException">The account can not be reached or written.</exception>
    public static async Task<RunJournal> OpenAsync(AzureBlobsJournalOptions options, TimeProvider time, ILogger<RunJournal> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var storage = await AzureBlobsStorage.OpenAsync(options);
        return new RunJournal(storage, WriterId.Create(), options.Journal, time, logger);
    }
}
