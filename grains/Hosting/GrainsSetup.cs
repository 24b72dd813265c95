using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Turns;
using Orchestrator.Engine.Upstream;
using Orchestrator.Grains.Limits;
using Orchestrator.Grains.Others;
using Orchestrator.Grains.Watch;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;

namespace Orchestrator.Grains.Hosting;

public static class GrainsSetup
{
    /// <summary>
    /// Runs as grains of this silo. It needs an <see cref="IRunJournal"/>, an <see cref="IGateway"/>, an <see cref="ISecretSeal"/>, a
    /// <see cref="TimeProvider"/>, a grain storage by the name of <see cref="RunGrainOptions.GrainStorage"/>, and a reminder service. The API
    /// is then served by <see cref="ClusterRuns"/>.
    /// </summary>
    public static ISiloBuilder AddRuns(this ISiloBuilder silo, EngineOptions engine, RunGrainOptions options)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddSingleton(options);
        silo.Services.AddSingleton(engine);
        silo.Services.AddSingleton<ClusterTurns>();
        silo.Services.AddSingleton<ITurns>(static provider => provider.GetRequiredService<ClusterTurns>());
        silo.Services.AddSingleton<TurnHolders>();
        silo.Services.AddSingleton<DraftTurns>();
        silo.Services.AddSingleton(provider => new RunHost(
            new RunServices(
                provider.GetRequiredService<IRunJournal>(),
                provider.GetRequiredService<IGateway>(),
                provider.GetRequiredService<ISecretSeal>(),
                new UpstreamPipelines(engine.Resilience, provider.GetRequiredService<TimeProvider>()),
                provider.GetRequiredService<ITurns>(),
                provider.GetRequiredService<TimeProvider>(),
                new Jitter(new Random()),
                provider.GetRequiredService<ILogger<ClusterRuns>>())
            {
                TraceContent = engine.TraceContent,
                Prices = engine.Prices,
                Pace = new ReadPace(engine.ReadBeat, Environment.ProcessorCount, TimeProvider.System),
            },
            engine));
        silo.Services.AddSingleton(provider => new TakeUpQueue(provider.GetRequiredService<RunHost>()));
        silo.Services.AddSingleton(provider => new ClusterRuns(
            provider.GetRequiredService<RunHost>(),
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<DraftTurns>(),
            provider.GetRequiredService<OtherHosts>(),
            engine,
            options));
        silo.Services.AddSingleton<RunWatchClient>();
        silo.Services.AddSingleton<SiloNewsClient>();
        silo.Services.AddSingleton(provider => new OtherHosts(
            provider.GetRequiredService<SiloNewsClient>(),
            provider.GetRequiredService<RunHost>().Services,
            options,
            provider.GetRequiredService<ILogger<OtherHosts>>()));
        silo.Services.AddSingleton(static provider => new SiloList(
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<SiloNewsClient>(),
            provider.GetRequiredService<ILocalSiloDetails>()));
        silo.Services.AddSingleton<RunDrain>();
        silo.AddDirectory();
        return silo.AddGrainService<RunWatch>().AddGrainService<TurnHolder>().AddGrainService<SiloNews>();
    }

    /// <summary>
    /// Where grains are: known to silos that hand it on when one of them goes. Orleans' default would end every activation that a silo knew of
    /// when that goes, wherever it is: a third of the runs of two healthy silos, when the third is replaced.
    /// </summary>
    private static void AddDirectory(this ISiloBuilder silo)
    {
#pragma warning disable ORLEANSEXP003 // The API may change with another version of Orleans, the directory is as good as the other (decision 0011).
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // Who may go on with a run that a silo had which may not be dead, the journal knows: nobody waits for a lease to end.
        silo.Configure<GrainDirectoryOptions>(static options => options.RangeLeaseDuration = TimeSpan.Zero);
    }
}
