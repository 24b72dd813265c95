using Orchestrator.Silo.Storage.Azure;

namespace Orchestrator.Silo.Storage;

internal static partial class ClusterStorages
{
    static partial void OpenAzure(string connectionString, ref IClusterStorage? storage) => storage = AzureStorage.Connect(connectionString);
}
