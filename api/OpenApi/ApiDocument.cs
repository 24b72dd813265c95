using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.OpenApi;

/// <summary>The OpenAPI document: routes from the routes themselves, the rest from <see cref="Operations"/> and the schemas.</summary>
internal static class ApiDocument
{
    public const string Route = "/openapi/v1.json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        // Routes of the host that are not the API's stay out.
        options.ShouldInclude = static description => description.RelativePath is { } path
            && (path.StartsWith("v1/", StringComparison.Ordinal) || path is "healthz" or "readyz");
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            Complete(document);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi(Route).WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));

    private static void Complete(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Orchestrator",
            Version = "v1",
            Description = "Durable runs on the AI Gateway. Errors are problem details with a stable code. Roles of keys: submit (submit, cancel, "
                + "feedback), read (everything that reads), operate (all of it, delete, run again, and what is done to many). "
                + $"Any address can also answer 405 (`{ProblemCodes.MethodNotAllowed}`, with Allow) and 408 (`{ProblemCodes.Timeout}`: the body came too slowly). "
                + "HEAD is answered where GET is, but for streams. The schema of text/event-stream is that of the data of each event.",
        };
        foreach (var server in document.Servers ?? [])
        {
            server.Url = server.Url?.TrimEnd('/');
        }

        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = Operations.Runs, Description = "Submitting runs and what is done with them." },
            new() { Name = Operations.Reading, Description = "What a run said, as it says it and afterwards." },
            new() { Name = OperatingOperations.Tag, Description = "What operators see of all runs, and do to many." },
            new() { Name = Operations.Service, Description = "The service itself; open to all callers." },
        };
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            [SubmissionSchema.Name] = SubmissionSchema.Build(),
            [RunSchemas.Run] = RunSchemas.BuildRun(),
            [RunSchemas.RunPage] = RunSchemas.BuildPage(),
            [RunSchemas.RunSummary] = RunSchemas.BuildSummary(),
            [RunSchemas.RunState] = RunSchemas.BuildState(),
            [RunSchemas.Attempt] = RunSchemas.BuildAttempt(),
            [RunSchemas.RunError] = RunSchemas.BuildError(),
            [RunSchemas.Usage] = RunSchemas.BuildUsage(),
            [RunSchemas.Cost] = RunSchemas.BuildCost(),
            [EventSchemas.Event] = EventSchemas.BuildEvent(),
            [EventSchemas.FeedEvent] = EventSchemas.BuildFeedEvent(),
            [OperatingOperations.RerunSchema] = OperatingOperations.BuildRerun(),
            [OperatingOperations.BulkSchema] = OperatingOperations.BuildBulk(),
            [OperatingOperations.BulkAnswerSchema] = OperatingOperations.BuildBulkAnswer(),
            [StatsOperations.Schema] = StatsOperations.Build(),
            [HostOperations.Schema] = HostOperations.Build(),
            [JournalOperations.Schema] = JournalOperations.Build(),
            [SessionOperations.SignInSchema] = SessionOperations.BuildSignIn(),
            [SessionOperations.SessionSchema] = SessionOperations.BuildSession(),
            [OtherSchemas.Feedback] = OtherSchemas.BuildFeedback(),
            [OtherSchemas.Problem] = OtherSchemas.BuildProblem(),
            [OtherSchemas.Health] = OtherSchemas.BuildHealth(),
        };
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [OperationWriter.SecurityScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key of Auth:Keys. Without keys the service is open to callers on its own machine.",
            },
            [OperationWriter.CookieScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SessionCookie.Name,
                Description = $"A browser that has signed in. Requests that change something also need the header {SessionCookie.CsrfHeader}: 1.",
            },
        };
    }
}
