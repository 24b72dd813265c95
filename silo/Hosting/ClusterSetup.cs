using Orchestrator.Engine.Hosting;
using Orchestrator.Grains.Hosting;
using Orchestrator.Silo.Settings;
using Orchestrator.Silo.Storage;
using Orleans.Configuration;

namespace Orchestrator.Silo.Hosting;

/// <summary>Orleans as this service wants it.</summary>
internal static class ClusterSetup
{
    public static void UseCluster(this WebApplicationBuilder builder, ClusterSettings settings, IClusterStorage storage, EngineOptions engine)
    {
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            storage.Configure(silo);
            silo.Configure<Orleans.Configuration.ClusterOptions>(options =>
            {
                options.ClusterId = settings.Id;
                options.ServiceId = settings.ServiceId;
            });
            silo.Configure<SiloOptions>(options => options.SiloName = settings.Name);

            // No clients of Orleans: callers come over HTTP.
            silo.ConfigureEndpoints(settings.Address, settings.SiloPort, gatewayPort: 0, listenOnAnyHostAddress: false);

            // A run must stream again within ten seconds of the death of its silo, and the gateway keeps it for 330. Three probes in a row,
            // and two who say so: a silo that is merely slow gets its chance.
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(1);
                options.NumMissedProbesLimit = 3;
                options.NumVotesForDeathDeclaration = 2;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
                options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
                options.DefunctSiloExpiration = TimeSpan.FromDays(1);
            });
            silo.AddRuns(engine, new RunGrainOptions());
        });
    }
}
