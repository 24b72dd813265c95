using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Feed;
using Orchestrator.Api.Feedback;
using Orchestrator.Api.Health;
using Orchestrator.Api.Host;
using Orchestrator.Api.Journal;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Operating;
using Orchestrator.Api.Output;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Api.Session;
using Orchestrator.Api.Settings;
using Orchestrator.Api.Statistics;
using Orchestrator.Api.Streams;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Api;

/// <summary>
/// The HTTP API of <c>api.md</c>, for any ASP.NET Core host. The host registers <see cref="Engine.Hosting.IRuns"/>, <see cref="Engine.Hosting.IOperations"/>,
/// <see cref="Engine.Upstream.ITransports"/>, <see cref="IReadiness"/>, the clock (<see cref="TimeProvider"/>) and Data Protection; and
/// <see cref="HostFacts"/>, where operators are to see them.
/// </summary>
public static class OrchestratorApi
{
    /// <summary>Reads the sections <c>Api</c> and <c>Auth</c>, and adds what the API needs.</summary>
    /// <exception cref="ApiSettingsException">A setting can not be followed.</exception>
    public static IServiceCollection AddOrchestratorApi(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(ApiSettings.Read(configuration));
        services.AddSingleton(KeySettings.Read(configuration));
        services.Configure<RouteOptions>(static options => options.SetParameterPolicy<RunSegment>(RunSegment.Name));
        services.AddSingleton<SessionTickets>();
        services.AddSingleton<FeedClock>();
        services.AddSingleton<HostMeter>();
        services.AddSingleton<StreamResponder>();
        return services.AddApiDocument();
    }

    /// <summary>Adds the routes, and what goes before them: who may call, and errors as problem details.</summary>
    public static WebApplication MapOrchestratorApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        app.MapSession();
        app.MapSubmit();
        app.MapRuns();
        app.MapFeed();
        app.MapStats();
        app.MapHost();
        app.MapJournal();
        app.MapRerun();
        app.MapBulk();
        app.MapStreams();
        app.MapOutput();
        app.MapFeedback();
        app.MapHealth();
        app.MapApiDocument();
        return app;
    }
}
