using Orchestrator.Engine.Journal;
using Orchestrator.Journals;
using Orchestrator.Journals.Sqlite;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Hosting;

internal static class JournalSetup
{
    /// <exception cref="SettingsException">The journal can not be opened.</exception>
    public static async Task<RunJournal> OpenAsync(IConfiguration settings, DataDirectory data, TimeProvider clock, ILogger<RunJournal> log)
    {
        var provider = settings["Journal:Provider"] ?? "Sqlite";
        if (!provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingsException($"Journal:Provider is '{provider}': this version has Sqlite.");
        }

        try
        {
            return await SqliteJournal.OpenAsync(new SqliteJournalOptions { Directory = data.FullPath }, clock, log);
        }
        catch (Exception failure) when (failure is JournalUnavailableException or InvalidDataException)
        {
            throw new SettingsException($"the journal in '{data.FullPath}' can not be opened: {failure.Message}");
        }
    }
}
