using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.Engine.Upstream;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Upstream;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Orchestrator.Grains.Tests.Kit;

/// <summary>Silos in this process over one store, one gateway and one grain storage, which outlive them.</summary>
internal sealed class RunCluster : IAsyncDisposable
{
    /// <summary>For what is sure to come unless something is broken: far longer than any machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly InProcessTestCluster _cluster;

    private RunCluster(InProcessTestCluster cluster, MemoryStore store, SteppedGateway gateway, SharedGrainStorage storage, RefusedWakes wakes)
    {
        _cluster = cluster;
        Wakes = wakes;
        Store = store;
        Gateway = gateway;
        Storage = storage;
    }

    public MemoryStore Store { get; }

    public SteppedGateway Gateway { get; }

    public SharedGrainStorage Storage { get; }

    public RefusedWakes Wakes { get; }

    public InProcessTestCluster Silos => _cluster;

    /// <param name="silos">How many.</param>
    /// <param name="besides">Another cluster with the same runs: each takes itself for the only one. This one has them when it is asked for them.</param>
    /// <param name="limits">Of the account; none where it is null.</param>
    /// <param name="heardAtOnce">Changes of the others' runs.</param>
    /// <param name="refresh">How often silos read the membership table though nobody told them of a change; a second where it is null.</param>
    public static async Task<RunCluster> StartAsync(
        short silos, RunCluster? besides = null, Action<LimitOptions>? limits = null, int heardAtOnce = 1000, TimeSpan? refresh = null)
    {
        var store = besides?.Store ?? new MemoryStore();
        var gateway = besides?.Gateway ?? new SteppedGateway();
        var storage = besides?.Storage ?? new SharedGrainStorage();
        var wakes = new RefusedWakes();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.Options.InitializeClientOnDeploy = false;
        UseTestClusterGrainDirectory(builder.Options, false);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);

            // The watch of a cluster that thinks it is alone must not meddle with the other's runs: it looks for them when a silo starts, too.
            silo.Services.AddSingleton(new MemoryJournal(store, new MemoryJournalOptions { HidesUnfinished = besides is not null }));
            silo.Services.AddSingleton<IRunJournal>(provider => provider.GetRequiredService<MemoryJournal>());
            silo.Services.AddSingleton<IGateway>(gateway);
            silo.Services.AddSingleton<ISecretSeal>(new PlainSeal());
            silo.Services.AddKeyedSingleton<IGrainStorage>(RunGrainOptions.GrainStorage, storage);
            silo.UseInMemoryReminderService();
            silo.AddOutgoingGrainCallFilter(wakes);

            // No machine is so slow that a silo is taken for dead, or a call for lost: those that a test kills it declares dead itself.
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(1));
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(30);
                options.TableRefreshTimeout = refresh ?? TimeSpan.FromSeconds(1);
            });

            var engine = new EngineOptions();
            limits?.Invoke(engine.Limits);
            silo.AddRuns(engine, new RunGrainOptions
            {
                SweepInterval = TimeSpan.FromHours(1),
                CallWait = TimeSpan.FromMinutes(2),
                TurnLease = TimeSpan.FromSeconds(3),
                HeldPatience = TimeSpan.FromMinutes(1),
                TurnPatience = TimeSpan.FromMinutes(1),
                HeardAtOnce = heardAtOnce,
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new RunCluster(cluster, store, gateway, storage, wakes);
    }

    public ClusterRuns Runs(int silo) => Service<ClusterRuns>(silo);

    public RunHost Host(int silo) => Service<RunHost>(silo);

    public IRunGrain Grain(RunId run, int silo = 0) => Service<IGrainFactory>(silo).GetGrain<IRunGrain>(run.ToString());

    public T Service<T>(int silo)
        where T : notnull => _cluster.Silos[silo].SiloHost.Services.GetRequiredService<T>();

    public SiloAddress Address(int silo) => _cluster.Silos[silo].SiloAddress;

    /// <summary>The silo that works on the run.</summary>
    public int SiloOf(RunId run) => Enumerable.Range(0, _cluster.Silos.Count).Single(silo => Host(silo).Find(run) is not null);

    /// <summary>The grain's activation, wherever it is.</summary>
    public IGrainContext? Activation(RunId run) => _cluster.TryGetGrainContext(Grain(run).GetGrainId(), out var context) ? context : null;

    public async Task<RunId> SubmitAsync(int silo, string model = "openai/a")
    {
        var outcome = await Runs(silo).SubmitAsync(
            new Submission
            {
                Tenant = "",
                Spec = new RunSpec { Model = model },
                Inputs = new RunInputs("{}"u8.ToArray(), RunInputs.None),
            },
            TestContext.Current.CancellationToken);
        return Assert.IsType<SubmitOutcome.Accepted>(outcome).Run.Id;
    }

    /// <summary>Lets that many events come, and waits until they are durable.</summary>
    public async Task HasReadAsync(RunId run, int events)
    {
        Gateway.Advance(run, events);
        using var reader = await EventText.OpenAsync(Runs(SiloOf(run)), run);
        await reader.UntilAsync(string.Create(CultureInfo.InvariantCulture, $"word{events - 2}"));
    }

    /// <summary>Completes when the run's end is in the store, whoever put it there.</summary>
    public Task EndOf(RunId run)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = Store.Committed;
        Store.Committed = (id, batch) =>
        {
            others?.Invoke(id, batch);
            if (id == run && Last(batch) == EntryKind.RunEnded)
            {
                ended.TrySetResult();
            }
        };
        return ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>Without: one object that all silos share, and that no silo takes with it.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_UseTestClusterGrainDirectory")]
    private static extern void UseTestClusterGrainDirectory(InProcessTestClusterOptions options, bool value);

    private static EntryKind Last(EntryBatch batch)
    {
        var kind = default(EntryKind);
        foreach (var entry in batch)
        {
            kind = entry.Kind;
        }

        return kind;
    }

    /// <summary>
    /// The silo dies in the middle of what it does: what it has not been told is durable, nobody will be told. The others know that it is dead.
    /// </summary>
    public async Task KillAsync(int silo)
    {
        var address = Address(silo);
        Service<MemoryJournal>(silo).Crash();
        await _cluster.KillSiloAsync(_cluster.Silos[silo]);
        Assert.True(await Service<IClusterMembershipService>(0).TryKill(address));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}
