using Microsoft.AspNetCore.Http;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Runs;

/// <summary>Refuses parameters that a call does not have: passed over, a slip of the pen would answer another question.</summary>
internal static class QueryNames
{
    /// <returns>Null: the request has no other than these.</returns>
    public static Problem? Unknown(HttpRequest request, params string[] known)
    {
        var name = request.Query.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase));
        return name is null
            ? null
            : KnownProblems.InvalidParameter(name, $"There is no such parameter. There {(known.Length == 1 ? "is" : "are")}: {string.Join(", ", known)}.");
    }
}
