using System.Net;
using System.Reflection;
using System.Text.Json;
using Orchestrator.Api.Feedback;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Submit;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Api.Tests.Submit;
using Orchestrator.Api.Tests.WithEngine;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.OpenApi;

/// <summary>The document says what the service does.</summary>
public sealed class OpenApiTests
{
    /// <summary>The table of the contract, api.md.</summary>
    private static readonly string[] Routes =
    [
        "DELETE /v1/runs/{id}", "DELETE /v1/session", "GET /healthz", "GET /readyz", "GET /v1/runs", "GET /v1/runs/feed", "GET /v1/runs/{id}", "GET /v1/runs/{id}/events", "GET /v1/runs/{id}/journal", "GET /v1/runs/{id}/log",
        "GET /v1/runs/{id}/output", "GET /v1/runs/{id}/stream", "GET /v1/session", "GET /v1/stats", "GET /v1/system", "POST /v1/runs", "POST /v1/runs/cancel",
        "POST /v1/runs/delete", "POST /v1/runs/{id}/cancel", "POST /v1/runs/{id}/feedback", "POST /v1/runs/{id}/rerun", "POST /v1/session",
    ];

    [Fact]
    public async Task The_document_has_the_routes_of_the_contract()
    {
        var document = await LoadAsync();

        var routes = Operations(document).Select(static operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal);

        Assert.Equal(string.Join('\n', Routes), string.Join('\n', routes));
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_every_reference_leads_somewhere()
    {
        var document = await LoadAsync();
        var operations = Operations(document).ToArray();

        Assert.Equal(operations.Length, operations.Select(static operation => operation.Body.GetProperty("operationId").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(operations, static operation => Assert.NotEmpty(operation.Body.GetProperty("summary").GetString()!));
        var schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var reference in References(document))
        {
            Assert.True(schemas.TryGetProperty(reference.Split('/')[^1], out _), reference);
        }
    }

    [Fact]
    public async Task Every_call_but_health_names_the_key_and_the_role_that_it_needs()
    {
        var document = await LoadAsync();

        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
        foreach (var (method, path, body) in Operations(document))
        {
            var security = body.GetProperty("security");
            var roles = security.GetArrayLength() == 0 ? default : security[0].GetProperty("key");
            var role = roles.ValueKind == JsonValueKind.Undefined ? "none" : roles.GetArrayLength() == 0 ? "any" : roles[0].GetString();
            Assert.Equal((method, path) switch
            {
                (_, "/healthz" or "/readyz") => "none",
                ("GET", "/v1/session") => "any",
                (_, "/v1/session") => "none",
                ("DELETE", _) or (_, "/v1/runs/cancel" or "/v1/runs/delete" or "/v1/runs/{id}/rerun" or "/v1/system") => "operate",
                ("POST", _) => "submit",
                _ => "read",
            }, role);
        }
    }

    [Fact]
    public async Task Every_problem_code_is_documented()
    {
        var text = (await LoadAsync()).GetRawText();
        var codes = typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!);

        // Those of the server itself belong to no operation.
        foreach (var code in codes.Where(static code => code is not (ProblemCodes.MethodNotAllowed or ProblemCodes.Timeout)))
        {
            Assert.Contains($"`{code}`", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_schema_of_a_submission_has_the_fields_that_the_parser_takes()
    {
        var schemas = (await LoadAsync()).GetProperty("components").GetProperty("schemas");
        var run = schemas.GetProperty(SubmissionSchema.Name);
        AssertFields(SubmitFields.Run, run);
        AssertFields(SubmitFields.Fallback, Field(run, "fallback"));
        AssertFields(SubmitFields.Retry, Field(run, "retry"));
        AssertFields(SubmitFields.Gateway, Field(run, "gateway"));
        AssertFields(SubmitFields.GatewayRetries, Field(Field(run, "gateway"), "retries"));
        AssertFields(SubmitFields.Timeouts, Field(run, "timeouts"));
        AssertFields(SubmitFields.Webhook, Field(run, "webhook"));
        AssertFields(FeedbackParser.Fields, schemas.GetProperty(OtherSchemas.Feedback));
    }

    [Fact]
    public async Task What_the_service_takes_and_says_fits_the_schemas()
    {
        await using var host = await ApiHost.StartAsync();
        var document = await LoadAsync(host);
        using var full = JsonDocument.Parse(Bodies.Full);
        var error = new RunError { Code = "x", Message = "y", Status = 500, UpstreamCode = "7003" };
        host.Runs.Add(Sample.Run(RunStatus.Failed) with
        {
            Error = error,
            Usage = new TokenCounts { InputTokens = 1 },
            Warnings = [new RunWarning("c", "m")],
            Attempts = [Sample.Attempt(), Sample.Attempt() with { Error = error, Usage = new TokenCounts(), Continuation = Continuation.Prefill }],
            Output = new Answer { ToolCalls = [new ToolCall(0, null, "t", "{}")], Documents = [new AnswerDocument("a/b", default), new AnswerDocument("a/b", default)] },
        });
        host.Runs.OnList = () => new RunPage([new RunSummary { Id = Sample.Id, Tenant = "", Status = RunStatus.Failed, Model = "m", Task = "t", CreatedAt = 1, ErrorCode = "x" }], Sample.Id);

        AssertFits(document, SubmissionSchema.Name, full.RootElement);
        AssertFits(document, RunSchemas.Run, await GetAsync(host, $"/v1/runs/{Sample.Id}", HttpStatusCode.OK));
        AssertFits(document, RunSchemas.RunPage, await GetAsync(host, "/v1/runs", HttpStatusCode.OK));
        AssertFits(document, SessionOperations.SessionSchema, await GetAsync(host, "/v1/session", HttpStatusCode.OK));
        AssertFits(document, OtherSchemas.Health, await GetAsync(host, "/readyz", HttpStatusCode.OK));
        AssertFits(document, OtherSchemas.Problem, await GetAsync(host, $"/v1/runs/{Sample.Id}/output", HttpStatusCode.Conflict));
        AssertFits(document, OtherSchemas.Problem, await GetAsync(host, "/v1/runs?x=1", HttpStatusCode.BadRequest));
        host.Runs.Add(Sample.Run());
        AssertFits(document, RunSchemas.RunState, await GetAsync(host, $"/v1/runs/{Sample.Id}/output", HttpStatusCode.Accepted));
    }

    [Fact]
    public async Task The_events_of_a_run_fit_their_schema_and_all_types_are_there()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        var document = await LoadAsync(host);
        using var submitted = await host.Http.SubmitAsync(Sample.Body("\"metadata\":{\"a\":1}"), ("Accept", "text/event-stream"));

        var events = (await submitted.Content.ReadAsStringAsync()).Split('\n').Where(static line => line.StartsWith("data: ", StringComparison.Ordinal)).ToList();

        Assert.Contains("run.failed", events[^1], StringComparison.Ordinal);
        foreach (var data in events)
        {
            using var json = JsonDocument.Parse(data[6..]);
            AssertFits(document, EventSchemas.Event, json.RootElement);
        }

        // Those of the contract, api.md.
        Assert.Equal(
            "run.created attempt.started attempt.attached attempt.detached attempt.reattached attempt.failed output.delta reasoning.delta tool_call.delta "
                + "output.result output.reset usage warning run.completed run.failed run.cancelled",
            string.Join(' ', document.GetProperty("components").GetProperty("schemas").GetProperty(EventSchemas.Event).GetProperty("oneOf").EnumerateArray()
                .Select(static one => one.GetProperty("title").GetString())));
    }

    [Fact]
    public async Task Examples_fit_their_schemas()
    {
        var document = await LoadAsync();
        var examples = 0;
        foreach (var (_, path, body) in Operations(document))
        {
            if (body.TryGetProperty("requestBody", out var request)
                && request.GetProperty("content").GetProperty("application/json") is var media && media.TryGetProperty("example", out var example))
            {
                examples++;
                Assert.True(
                    SchemaCheck.Differences(document, media.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1], example).Count == 0, path);
            }
        }

        Assert.Equal(4, examples);
    }

    [Fact]
    public async Task What_the_service_refuses_by_its_shape_the_schema_refuses_too()
    {
        var document = await LoadAsync();
        foreach (var more in new[] { "\"x\":1", "\"zdr\":1", "\"retry\":{\"maxAttempts\":21}", "\"timeouts\":{\"totalMs\":0}", "\"transport\":\"x\"", "\"gateway\":{\"retries\":{\"maxAttempts\":6}}" })
        {
            using var body = JsonDocument.Parse(Sample.Body(more));
            Assert.NotEmpty(SchemaCheck.Differences(document, SubmissionSchema.Name, body.RootElement));
        }
    }

    private static async Task<JsonElement> LoadAsync()
    {
        await using var host = await ApiHost.StartAsync();
        return await LoadAsync(host);
    }

    private static Task<JsonElement> LoadAsync(ApiHost host) => GetAsync(host, "/openapi/v1.json", HttpStatusCode.OK);

    private static async Task<JsonElement> GetAsync(ApiHost host, string path, HttpStatusCode status)
    {
        using var response = await host.Http.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        return await response.ReadJsonAsync();
    }

    private static IEnumerable<(string Method, string Path, JsonElement Body)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    private static IEnumerable<string> References(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(static property =>
            property.Name == "$ref" ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static JsonElement Field(JsonElement schema, string name) => schema.GetProperty("properties").GetProperty(name);

    private static void AssertFields(IReadOnlyList<string> fields, JsonElement schema)
    {
        Assert.Equal(string.Join(' ', fields), string.Join(' ', schema.GetProperty("properties").EnumerateObject().Select(static property => property.Name)));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
    }

    private static void AssertFits(JsonElement document, string schema, JsonElement value) => Assert.Empty(SchemaCheck.Differences(document, schema, value));
}
