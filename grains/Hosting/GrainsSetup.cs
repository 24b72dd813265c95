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
        return silo.AddGrainService<RunWatch>().AddGrainService<TurnHolder>().AddGrainService<SiloNews>();
    }
}
