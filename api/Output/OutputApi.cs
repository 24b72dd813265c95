using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Output;

/// <summary>
/// <c>GET /v1/runs/{id}/output</c>: the finished answer by itself. Text is text; a document has its own content type; an answer of tool
/// calls alone is JSON. An answer that was accepted incomplete says so in a header. A run that failed or was cancelled has no finished
/// output: 409.
/// </summary>
internal static class OutputApi
{
    public const string IncompleteHeader = "Orchestrator-Incomplete";

    public static void MapOutput(this IEndpointRouteBuilder routes) => routes.MapRead(RunRoutes.Run + "/output", GetAsync).Describe(Operations.Output);

    private static async Task GetAsync(HttpContext context, string id, IRuns runs, ApiOptions options)
    {
        if (QueryNames.Unknown(context.Request, "wait", "part") is { } unknown)
        {
            await context.WriteProblemAsync(unknown);
            return;
        }

        if (!TryReadWait(context.Request.Query["wait"], options.MaxWait, out var wait))
        {
            await context.WriteProblemAsync(KnownProblems.InvalidParameter("wait", "Give whole seconds, 0 or more."));
            return;
        }

        if (!TryReadPart(context.Request.Query["part"], out var part))
        {
            await context.WriteProblemAsync(KnownProblems.InvalidParameter("part", "Give a whole number, 0 or more."));
            return;
        }

        var run = RunId.TryParse(id, out var runId) ? await FindAsync(context, runs, runId, wait) : null;
        await (run?.Status switch
        {
            null => context.WriteProblemAsync(KnownProblems.RunNotFound),
            RunStatus.Completed => WriteAnswerAsync(context, run, part),
            RunStatus.Failed => context.WriteProblemAsync(KnownProblems.RunFailed(run)),
            RunStatus.Cancelled => context.WriteProblemAsync(KnownProblems.RunCancelled(run)),
            _ => WriteUnfinishedAsync(context, run),
        });
    }

    private static async Task<RunView?> FindAsync(HttpContext context, IRuns runs, RunId id, TimeSpan wait)
    {
        var tenant = context.Caller().Tenant;
        return wait > TimeSpan.Zero && !await runs.WaitForEndAsync(tenant, id, wait, context.RequestAborted)
            ? null
            : await runs.GetAsync(tenant, id, context.RequestAborted);
    }

    private static Task WriteUnfinishedAsync(HttpContext context, RunView run)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.RetryAfter = "1";
        return context.WriteJsonAsync(run, static (json, run) =>
        {
            json.WriteStartObject();
            json.WriteString("id", run.Id.ToString());
            json.WriteString("status", run.Status.ToWire());
            json.WriteNumber("seq", run.Seq);
            json.WriteEndObject();
        });
    }

    private static Task WriteAnswerAsync(HttpContext context, RunView run, int? part)
    {
        var parts = Math.Max(1, run.Output.Documents.Count);
        if (part >= parts)
        {
            return context.WriteProblemAsync(KnownProblems.InvalidParameter(
                "part",
                parts == 1 ? "The run has one result: give 0, or leave it out." : string.Create(CultureInfo.InvariantCulture, $"The run has {parts} results: give 0 to {parts - 1}.")));
        }

        if (run.Incomplete)
        {
            context.Response.Headers[IncompleteHeader] = HeaderText(run.IncompleteReason);
        }

        // It is what a model wrote: a browser that opens it must not run it.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var output = run.Output;
        return output switch
        {
            { Documents: { Count: > 1 } documents } when part is null => context.WriteJsonAsync((run.Id, documents), WriteList),
            { Documents: { Count: > 0 } documents } =>
                context.WriteBodyAsync(documents[part ?? 0].Body, MediaType(documents[part ?? 0].ContentType)),
            { Text: "", ToolCalls.Count: > 0 } => context.WriteJsonAsync(output, static (json, output) =>
            {
                json.WriteStartObject();
                RunResource.WriteToolCalls(json, output.ToolCalls);
                json.WriteEndObject();
            }),
            _ => context.WriteBodyAsync(Encoding.UTF8.GetBytes(output.Text), "text/plain; charset=utf-8"),
        };
    }

    /// <summary>Several results: where each of them is.</summary>
    private static void WriteList(Utf8JsonWriter json, (RunId Run, IReadOnlyList<AnswerDocument> Documents) several)
    {
        json.WriteStartObject();
        json.WriteStartArray("documents");
        for (var i = 0; i < several.Documents.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("part", i);
            json.WriteString("contentType", several.Documents[i].ContentType);
            json.WriteNumber("bytes", several.Documents[i].Body.Length);
            json.WriteString("url", string.Create(CultureInfo.InvariantCulture, $"{RunRoutes.Runs}/{several.Run}/output?part={i}"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool TryReadPart(StringValues values, out int? part)
    {
        var given = int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        part = given ? number : null;
        return values.Count == 0 || given;
    }

    private static bool TryReadWait(StringValues values, TimeSpan max, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (values.Count == 0)
        {
            return true;
        }

        if (values is not [{ } text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        wait = TimeSpan.FromSeconds(Math.Min(seconds, (long)max.TotalSeconds));
        return true;
    }

    private static string MediaType(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) ? type.ToString() : "application/octet-stream";

    private static string HeaderText(string? reason) =>
        string.IsNullOrEmpty(reason) ? "unknown" : string.Concat(reason.Select(static c => c is >= ' ' and <= '~' ? c : '?'));
}
