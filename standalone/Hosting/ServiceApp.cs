using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orchestrator.Api;
using Orchestrator.Dashboard;
using Orchestrator.Standalone.Settings;
using Orchestrator.Telemetry;

namespace Orchestrator.Standalone.Hosting;

/// <summary>A process of the service: API and dashboard over whatever hosts its runs.</summary>
internal sealed class ServiceApp : IAsyncDisposable
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private readonly WebApplication _web;
    private readonly ServiceParts _parts;

    private ServiceApp(WebApplication web, ServiceParts parts) => (_web, _parts) = (web, parts);

    /// <summary>Until the process is asked to stop; answers its exit code.</summary>
    public static async Task<int> RunAsync(Func<Task<ServiceApp>> build)
    {
        try
        {
            await using var app = await build();
            await app._web.RunAsync();
            return 0;
        }
        catch (Exception problem) when (problem is SettingsException or TelemetrySettingsException)
        {
            await Console.Error.WriteLineAsync($"orchestrator can not start: {problem.Message}");
            return 2;
        }
    }

    /// <param name="args">The command line.</param>
    /// <param name="shutdown">How long a stop may take.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, TimeSpan shutdown)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(builder.Configuration["Urls"] ?? DefaultUrl);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown);
        return builder;
    }

    /// <param name="builder">With all that hosts the runs.</param>
    /// <param name="parts">Disposed with the app: the runs have let go of the journal by then.</param>
    /// <param name="facts">For the line that says where the service listens, what is not said of every process.</param>
    public static ServiceApp Build(WebApplicationBuilder builder, ServiceParts parts, params string[] facts)
    {
        builder.Services.AddOrchestratorApi(builder.Configuration);
        var web = builder.Build();
        web.MapOrchestratorApi();
        web.MapDashboard();
        web.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(string.Join(
            " | ",
            [
                $"Orchestrator listens on {string.Join(", ", Addresses(web))}",
                $"gateway: {parts.Upstream.Description}",
                $"journal: {parts.Journal.Description}",
                .. facts,
            ])));
        return new ServiceApp(web, parts);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _parts.DisposeAsync();
    }

    private static ICollection<string> Addresses(WebApplication web) =>
        web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
}
