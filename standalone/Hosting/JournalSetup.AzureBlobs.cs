using Orchestrator.Engine.Journal;
using Orchestrator.Journals;
using Orchestrator.Journals.AzureBlobs;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Hosting;

internal static partial class JournalSetup
{
    static partial void OpenAzureBlobs(IConfigurationSection section, TimeProvider clock, ILogger<RunJournal> log, ref Task<OpenedJournal>? opening) =>
        opening = OpenAzureBlobsAsync(section, clock, log);

    private static async Task<OpenedJournal> OpenAzureBlobsAsync(IConfigurationSection section, TimeProvider clock, ILogger<RunJournal> log)
    {
        var connection = section["ConnectionString"];
        if (string.IsNullOrEmpty(connection))
        {
            throw new SettingsException(
                "Journal:ConnectionString is missing, which Journal:Provider AzureBlobs needs: give the storage account's, as its portal shows it.");
        }

        var options = new AzureBlobsJournalOptions { ConnectionString = connection };
        if (section["Container"] is { Length: > 0 } container)
        {
            options = options with { Container = container };
        }

        try
        {
            return new OpenedJournal(await AzureBlobsJournal.OpenAsync(options, clock, log), options.Location);
        }
        catch (ArgumentException refusal)
        {
            throw new SettingsException($"Journal:ConnectionString or Journal:Container can not be followed: {refusal.Message}");
        }
        catch (Exception failure) when (failure is JournalUnavailableException or InvalidDataException)
        {
            throw new SettingsException($"the journal can not be opened: {failure.Message}");
        }
    }
}
