using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Api;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>The pages over the real API and the real engine, in this process, whose clock moves when the test says so.</summary>
internal sealed class ClockedService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly EmbeddedRuns _runs;

    private ClockedService(WebApplication app, EmbeddedRuns runs, ManualClock clock) => (_app, _runs, Clock) = (app, runs, clock);

    public Uri Address => new(_app.Urls.Single());

    public ManualClock Clock { get; }

    /// <param name="settings">As on a command line.</param>
    public static async Task<ClockedService> StartAsync(params string[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Configuration.AddCommandLine(settings);
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        var runs = new EmbeddedRuns(
            new MemoryJournal(new MemoryStore()), new CountingGateway(), new PlainSeal(), new EngineOptions(), TimeProvider.System, new Random(1),
            NullLogger<EmbeddedRuns>.Instance);
        builder.Services.AddSingleton<IRuns>(runs);
        builder.Services.AddSingleton(runs.Operations);
        builder.Services.AddSingleton(Configured.Bridge);
        builder.Services.AddSingleton<IReadiness>(new Ready());
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        builder.Services.AddOrchestratorApi(builder.Configuration);
        var app = builder.Build();
        app.MapOrchestratorApi();
        app.MapDashboard();
        await app.StartAsync();
        return new ClockedService(app, runs, clock);
    }

    /// <summary>Its upstream refuses it.</summary>
    public async Task<string> SubmitAsync(string tenant)
    {
        var outcome = await _runs.SubmitAsync(
            new Submission
            {
                Tenant = tenant,
                Spec = new RunSpec { Model = "openai/gpt-5-mini" },
                Inputs = new RunInputs("""{"messages":[]}"""u8.ToArray(), RunInputs.None),
            },
            CancellationToken.None);
        return Assert.IsType<SubmitOutcome.Accepted>(outcome).Run.Id.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        await _runs.StopAsync();
    }

    private sealed class Ready : IReadiness
    {
        (bool Ready, string? Reason) IReadiness.Check() => (true, null);
    }
}
