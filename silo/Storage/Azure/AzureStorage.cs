using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Orchestrator.Grains.Hosting;
using Orchestrator.Silo.Azure;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Silo.Storage.Azure;

/// <summary>An Azure Storage account for all of it: the project <c>silo/Azure</c>, which a build has where its packages restore.</summary>
internal sealed class AzureStorage(AzureCluster account) : IClusterStorage
{
    public string Description => account.Description;

    /// <exception cref="SettingsException">The connection string is none.</exception>
    public static AzureStorage Connect(string connectionString) =>
        new(AzureCluster.TryConnect(connectionString) ?? throw new SettingsException(
            "the cluster's connection string (Cluster:ConnectionString, or else Journal:ConnectionString) is not one of an Azure Storage account with "
            + "tables and blobs: give the account's, as its portal shows it."));

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (await account.PrepareAsync(cancellationToken) is { } reason)
        {
            throw new SettingsException($"the cluster's storage, {Description}, can not be used: {reason}");
        }
    }

    public void Configure(ISiloBuilder silo) => account.Configure(silo, RunGrainOptions.GrainStorage);

    public void KeepKeys(IDataProtectionBuilder keys) =>
        keys.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = account.KeyRing);
}
