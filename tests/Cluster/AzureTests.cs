using Orchestrator.Cluster.Tests.Kit;
using Orchestrator.Silo.Storage.Azure;
using Orchestrator.Standalone.Settings;
using Orchestrator.TestKit.Azurite;

namespace Orchestrator.Cluster.Tests;

/// <summary>Three real silos that keep all they share in Azure Storage: tables and blobs of Azurite.</summary>
[Collection(nameof(Silos))]
public sealed class AzureTests
{
    [Fact]
    public async Task The_runs_of_a_killed_silo_go_on_and_readers_elsewhere_see_a_pause()
    {
        Assert.SkipWhen(AzuriteServer.Missing is not null, AzuriteServer.Missing ?? "");
        await using var cluster = await SiloScript.UpOnAzureAsync(3);
        using var load = await Workload.StartAsync(cluster, [1, 2, 3], runs: 45, events: 50, rate: 4);
        await load.AllStreamAsync();
        await cluster.RunAsync("kill", 1);
        await load.EndAsync();

        await load.CheckAsync(pieces: 50, through: 3);
        Assert.All(load.Runs.Where(static run => run.ReadThrough != 1), static run => Assert.Equal(0, run.Breaks));
    }

    [Theory]
    [InlineData("not a connection string with a secret")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=account;AccountKey=secret")]
    [InlineData("BlobEndpoint=http://127.0.0.1:1/account;SharedAccessSignature=sig=secret")]
    public void A_connection_string_that_is_none_is_refused_and_not_shown(string connectionString)
    {
        var problem = Assert.Throws<SettingsException>(() => AzureStorage.Connect(connectionString));
        Assert.Contains("Cluster:ConnectionString", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_refuses_or_is_not_there_is_an_error_that_says_what_to_check()
    {
        Assert.SkipWhen(AzuriteServer.Missing is not null, AzuriteServer.Missing ?? "");
        string connectionString;
        await using (var server = await AzuriteServer.StartAsync())
        {
            connectionString = server.ConnectionString;
            var key = connectionString.Split(';').Single(static part => part.StartsWith("AccountKey=", StringComparison.Ordinal));
            var other = AzureStorage.Connect(connectionString.Replace(key, "AccountKey=c2VjcmV0", StringComparison.Ordinal));
            var refused = await Assert.ThrowsAsync<SettingsException>(() => other.PrepareAsync(CancellationToken.None));
            Assert.Contains("check the connection string's key", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("c2VjcmV0", refused.ToString(), StringComparison.Ordinal);
        }

        var gone = await Assert.ThrowsAsync<SettingsException>(() => AzureStorage.Connect(connectionString).PrepareAsync(CancellationToken.None));
        Assert.Contains("can not be reached", gone.Message, StringComparison.Ordinal);
    }
}
