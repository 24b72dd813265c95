using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Upstream;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Api.Tests.Kit;

/// <summary>The API on a real Kestrel at a port of the system's choice, over runs that a test wrote down.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeRuns runs, FakeReadiness readiness, ListLog log, ManualClock clock)
    {
        Clock = clock;
        _app = app;
        Runs = runs;
        Readiness = readiness;
        Log = log;
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address => new(_app.Urls.Single());

    public HttpClient Http { get; }

    public ManualClock Clock { get; }

    public FakeRuns Runs { get; }

    public FakeReadiness Readiness { get; }

    public ListLog Log { get; }

    public IHostApplicationLifetime Lifetime => _app.Lifetime;

    public static Task<ApiHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(before: null, settings);

    /// <param name="transports">The ways to the models that there are; those of a service with a bridge otherwise.</param>
    public static Task<ApiHost> StartAsync(ITransports transports) => StartAsync(null, null, transports, []);

    /// <param name="runs">In the place of <see cref="Runs"/>, which nothing reaches then.</param>
    /// <param name="settings">The configuration.</param>
    public static Task<ApiHost> StartAsync(IRuns runs, params (string Key, string? Value)[] settings) =>
        StartAsync(null, runs, Configured.Bridge, settings);

    /// <param name="before">What comes before the API in the pipeline.</param>
    /// <param name="settings">The configuration.</param>
    public static Task<ApiHost> StartAsync(Func<HttpContext, RequestDelegate, Task>? before, params (string Key, string? Value)[] settings) =>
        StartAsync(before, null, Configured.Bridge, settings);

    private static async Task<ApiHost> StartAsync(
        Func<HttpContext, RequestDelegate, Task>? before, IRuns? own, ITransports transports, (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        var (runs, readiness, log, clock) = (new FakeRuns(), new FakeReadiness(), new ListLog(), new ManualClock(Sample.Time));
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(own ?? runs);
        builder.Services.AddSingleton((own as EmbeddedRuns)?.Operations ?? runs);
        builder.Services.AddSingleton(transports);
        builder.Services.AddSingleton<IReadiness>(readiness);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        builder.Services.AddOrchestratorApi(builder.Configuration);
        var app = builder.Build();
        if (before is not null)
        {
            app.Use(before);
        }

        app.MapOrchestratorApi();
        await app.StartAsync();
        return new ApiHost(app, runs, readiness, log, clock);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
