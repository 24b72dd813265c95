using System.Text.Json;
using Orchestrator.Api.Json;

namespace Orchestrator.Api.Submit;

/// <summary><c>metadata</c>: the caller's own, echoed as it came.</summary>
internal static class MetadataPart
{
    public static JsonElement? Read(JsonFields run, ProblemList problems)
    {
        _ = ScalarMap.Read(run, "metadata", SubmitLimits.MetadataEntries, problems);
        return run.TryGet("metadata", out var metadata) ? metadata.Clone() : null;
    }
}
