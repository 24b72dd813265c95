using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Journal;

/// <summary><c>GET /v1/runs/{id}/journal</c>: a run's entries as they are.</summary>
internal static class JournalApi
{
    public static void MapJournal(this IEndpointRouteBuilder routes) =>
        routes.MapRead(RunRoutes.Run + "/journal", ReadAsync).Describe(JournalOperations.Journal);

    private static async Task ReadAsync(HttpContext context, string id, IOperations operations)
    {
        var entries = RunId.TryParse(id, out var run)
            ? await operations.OpenJournalAsync(context.Caller().Tenant, run, context.RequestAborted)
            : null;
        var (query, problem) = JournalQuery.Read(context.Request.Query);
        if (entries is null || problem is not null)
        {
            await context.WriteProblemAsync(entries is null ? KnownProblems.RunNotFound : problem!);
            return;
        }

        await context.WriteJsonAsync(await CollectAsync(entries, query!), Write);
    }

    /// <summary>The whole journal is gone through, to count; only what is on the page is kept.</summary>
    private static async Task<JournalPage> CollectAsync(IAsyncEnumerable<EntryBatch> batches, JournalQuery query)
    {
        var page = new JournalPage(query);
        await foreach (var batch in batches)
        {
            page.Add(batch);
        }

        return page;
    }

    private static void Write(Utf8JsonWriter json, JournalPage page)
    {
        json.WriteStartObject();
        json.WriteStartArray("entries");
        foreach (var line in page.Lines)
        {
            json.WriteStartObject();
            json.WriteNumber("number", line.Number);
            RunJson.WriteTime(json, "at", DateTimeOffset.FromUnixTimeMilliseconds(line.Time));
            json.WriteString("kind", line.Kind);
            RunJson.WriteNumber(json, "attempt", line.Attempt);
            json.WriteNumber("bytes", line.Bytes);
            json.WriteString("summary", line.Summary);
            json.WritePropertyName("data");
            json.WriteRawValue(line.Data.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        RunJson.WriteNumber(json, "next", page.Next);
        json.WriteNumber("total", page.Total);
        json.WriteEndObject();
    }
}
