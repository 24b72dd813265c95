using Orchestrator.Silo.Settings;
using Orchestrator.Silo.Storage.Postgres;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Silo.Storage;

/// <summary>The storage that the settings name.</summary>
internal static partial class ClusterStorages
{
    /// <exception cref="SettingsException">This build has no such storage, or its connection string is none.</exception>
    public static IClusterStorage Open(ClusterSettings settings, DataDirectory data)
    {
        switch (settings.Storage)
        {
            case ClusterStorageKind.Postgres:
                return new PostgresStorage(settings.ConnectionString);
            case ClusterStorageKind.Azure:
                IClusterStorage? storage = null;
                OpenAzure(settings.ConnectionString, ref storage);
                return storage ?? throw new SettingsException(
                    "Cluster:Storage is Azure, and this program was built without it, where packages of Orleans for Azure Storage did not restore: "
                    + "build it with -p:RequireOrleansAzure=true, which says what is missing.");
            default:
                return new LocalhostStorage(settings, data);
        }
    }

    /// <summary>Has a body where the packages restore.</summary>
    static partial void OpenAzure(string connectionString, ref IClusterStorage? storage);
}
