using Orchestrator.Engine.Journal;
using Orchestrator.Journals;
using Orchestrator.Journals.Postgres;
using Orchestrator.Journals.Sqlite;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Hosting;

/// <summary>Opens the journal that the section <c>Journal</c> names.</summary>
internal static partial class JournalSetup
{
    /// <exception cref="SettingsException">The settings can not be followed, or the journal can not be opened.</exception>
    public static Task<OpenedJournal> OpenAsync(IConfiguration settings, DataDirectory data, TimeProvider clock, ILogger<RunJournal> log)
    {
        var section = settings.GetSection("Journal");
        var provider = section["Provider"];
        if (string.IsNullOrEmpty(provider) || provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            return OpenSqliteAsync(section, data, clock, log);
        }

        if (provider.Equals("Postgres", StringComparison.OrdinalIgnoreCase))
        {
            return OpenPostgresAsync(section, clock, log);
        }

        if (!provider.Equals("AzureBlobs", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingsException($"Journal:Provider is '{provider}': give Sqlite, Postgres or AzureBlobs.");
        }

        Task<OpenedJournal>? opening = null;
        OpenAzureBlobs(section, clock, log, ref opening);
        return opening ?? throw new SettingsException(
            "Journal:Provider is AzureBlobs, and this program was built without it, where the package Azure.Storage.Blobs did not restore: "
            + "build it with -p:RequireAzureBlobs=true, which says what is missing.");
    }

    /// <summary>Has a body where its package restores.</summary>
    static partial void OpenAzureBlobs(IConfigurationSection section, TimeProvider clock, ILogger<RunJournal> log, ref Task<OpenedJournal>? opening);

    private static async Task<OpenedJournal> OpenSqliteAsync(
        IConfigurationSection section, DataDirectory data, TimeProvider clock, ILogger<RunJournal> log)
    {
        if (!string.IsNullOrEmpty(section["ConnectionString"]))
        {
            throw new SettingsException(
                "Journal:ConnectionString does nothing with SQLite, which is kept in Data:Directory: set Journal:Provider to Postgres or AzureBlobs, or remove it.");
        }

        try
        {
            var journal = await SqliteJournal.OpenAsync(new SqliteJournalOptions { Directory = data.FullPath }, clock, log);
            return new OpenedJournal(journal, $"SQLite in {data.FullPath}");
        }
        catch (Exception failure) when (failure is JournalUnavailableException or InvalidDataException)
        {
            throw new SettingsException($"the journal in '{data.FullPath}' can not be opened: {failure.Message}");
        }
    }

    private static async Task<OpenedJournal> OpenPostgresAsync(IConfigurationSection section, TimeProvider clock, ILogger<RunJournal> log)
    {
        var connection = section["ConnectionString"];
        if (string.IsNullOrEmpty(connection))
        {
            throw new SettingsException(
                "Journal:ConnectionString is missing, which Journal:Provider Postgres needs: give Host=…;Database=…;Username=…;Password=….");
        }

        var options = new PostgresJournalOptions { ConnectionString = connection };
        if (section["Schema"] is { Length: > 0 } schema)
        {
            options = options with { Schema = schema };
        }

        try
        {
            return new OpenedJournal(await PostgresJournal.OpenAsync(options, clock, log), $"PostgreSQL at {options.Location}");
        }
        catch (ArgumentException refusal)
        {
            throw new SettingsException($"Journal:ConnectionString or Journal:Schema can not be followed: {refusal.Message}");
        }
        catch (Exception failure) when (failure is JournalUnavailableException or InvalidDataException)
        {
            throw new SettingsException($"the journal can not be opened: {failure.Message}");
        }
    }
}
