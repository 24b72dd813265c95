using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Orchestrator.Grains.Hosting;
using Orchestrator.Silo.Settings;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Silo.Storage;

/// <summary>One silo by itself, for development: what Orleans keeps is lost with the process, what the journal has is not.</summary>
internal sealed class LocalhostStorage(ClusterSettings settings, DataDirectory data) : IClusterStorage
{
    public string Description => "none, one silo by itself";

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Configure(ISiloBuilder silo)
    {
        silo.UseDevelopmentClustering(new IPEndPoint(settings.Address, settings.SiloPort));
        silo.AddMemoryGrainStorage(RunGrainOptions.GrainStorage);
        silo.UseInMemoryReminderService();
    }

    public void KeepKeys(IDataProtectionBuilder keys) => keys.PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
}
