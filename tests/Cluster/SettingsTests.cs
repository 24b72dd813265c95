using Microsoft.Extensions.Configuration;
using Orchestrator.Silo.Settings;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Cluster.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Zookeeper", "Postgres", null, null, "give Localhost, Postgres or Azure")]
    [InlineData("Azure", null, "x", null, "Set Journal:Provider to AzureBlobs")]
    [InlineData("Postgres", "Sqlite", "x", null, "Set Journal:Provider to Postgres")]
    [InlineData("Azure", "AzureBlobs", null, null, "give it, or Journal:ConnectionString")]
    [InlineData("Azure", "Postgres", null, "Host=secret", "That of the journal is for another storage")]
    public void A_cluster_that_can_not_be_is_refused_with_what_to_do(string storage, string? journal, string? own, string? journals, string fix)
    {
        var problem = Assert.Throws<SettingsException>(() => Read(storage, journal, own, journals));
        Assert.Contains(fix, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, null, ClusterStorageKind.Localhost, "")]
    [InlineData("postgres", "Postgres", null, "journal", ClusterStorageKind.Postgres, "journal")]
    [InlineData("azure", "azureblobs", null, "journal", ClusterStorageKind.Azure, "journal")]
    [InlineData("Azure", "Postgres", "own", "journal", ClusterStorageKind.Azure, "own")]
    internal void The_journals_connection_string_serves_for_the_same_storage(
        string? storage, string? journal, string? own, string? journals, ClusterStorageKind kind, string connection)
    {
        var settings = Read(storage, journal, own, journals);
        Assert.Equal((kind, connection), (settings.Storage, settings.ConnectionString));
    }

    private static ClusterSettings Read(string? storage, string? journal, string? own, string? journals) =>
        ClusterSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Cluster:Storage"] = storage,
            ["Cluster:ConnectionString"] = own,
            ["Journal:Provider"] = journal,
            ["Journal:ConnectionString"] = journals,
        }).Build());
}
