using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary><c>extraHeaders</c>, and the fields that travel in a header of their own.</summary>
internal static class HeadersPart
{
    private const string SessionAffinityHeader = "x-session-affinity";
    private const string ZdrHeader = "cf-aig-zdr";
    private const string ByokAliasHeader = "cf-aig-byok-alias";

    public static IReadOnlyDictionary<string, string> Read(JsonFields run)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in run.Entries("extraHeaders"))
        {
            if (property.Name.Length == 0)
            {
                run.Problem("extraHeaders", "/", "A header has a name: give it one, or remove it.");
            }
            else if (property.Value.ValueKind == JsonValueKind.String)
            {
                headers[property.Name] = property.Value.GetString()!;
            }
            else
            {
                run.Problem("extraHeaders", JsonPointer.Append("", property.Name), $"Give the header's value as a text, not {JsonKinds.Name(property.Value)}.");
            }
        }

        foreach (var problem in HeaderRules.Check(headers))
        {
            run.Problem("extraHeaders", problem.Field.Length == 0 ? "" : $"/{JsonPointer.Shown(problem.Field)}", problem.Message);
        }

        return headers;
    }

    /// <summary>A header must not come twice, and a field that becomes one must be fit for it.</summary>
    public static void CheckValues(JsonFields run, RunSpec spec)
    {
        CheckOne(run, spec, "sessionAffinity", SessionAffinityHeader, spec.SessionAffinity);
        CheckOne(run, spec, "byokAlias", ByokAliasHeader, spec.ByokAlias);
        CheckOne(run, spec, "zdr", ZdrHeader, spec.Zdr is null ? null : "true");
    }

    private static void CheckOne(JsonFields run, RunSpec spec, string field, string header, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (HeaderRules.Check(new Dictionary<string, string>(StringComparer.Ordinal) { [header] = value }).Count > 0)
        {
            run.Problem(field, "Give printable ASCII without spaces at its ends: it travels in a header.");
        }

        if (spec.ExtraHeaders.FirstOrDefault(name => name.Equals(header, StringComparison.OrdinalIgnoreCase)) is { } twice)
        {
            run.Problem("extraHeaders", JsonPointer.Append("", twice), $"{field} sets this header too: remove one of them.");
        }
    }
}
