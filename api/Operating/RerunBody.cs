using Microsoft.AspNetCore.Http;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Submit;

namespace Orchestrator.Api.Operating;

/// <summary>The body of a rerun, which may be left out.</summary>
internal static class RerunBody
{
    public static readonly IReadOnlyList<string> Fields = ["model"];

    /// <returns>The model, null for the same; or a problem.</returns>
    public static async ValueTask<(string? Model, Problem? Problem)> ReadAsync(HttpContext context, ApiOptions options)
    {
        if (context.Request.ContentType is null && context.Request.ContentLength is null or 0
            && context.Request.Headers.TransferEncoding.Count == 0)
        {
            return (null, null);
        }

        var (body, problem) = await RequestBody.ReadAsync(context, options.MaxBodyBytes);
        if (problem is not null || body.IsEmpty)
        {
            return (null, problem);
        }

        var problems = new ProblemList();
        using var document = JsonBody.TryParse(body, options.MaxDepth, problems);
        var model = document is not null && JsonFields.Of(document.RootElement, "", Fields, problems) is { } fields ? ModelPart.Optional(fields) : null;
        return problems.IsEmpty ? (model, null) : (null, problems.ToProblem());
    }
}
