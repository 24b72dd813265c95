using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary>This version reaches models over the run path only: says what of a submission asks for the other one, and how to do without.</summary>
internal static class GatewayPathRefusal
{
    private const string NotYet = "needs the gateway path, which this version does not have yet";

    public static void Add(RunSpec spec, ModelSlug model, string modelPointer, ProblemList problems)
    {
        Refuse(model.Info is { OnRunCatalog: false }, modelPointer, $"{model.Provider} {NotYet}: choose a model of {OnRunPath()}, or a @cf/… one.");
        Refuse(spec.Transport == TransportPart.GatewayPath, "/transport", $"transport: \"gateway\" {NotYet}: remove transport.");
        Refuse(spec.Gateway.CacheTtl is not null, "/gateway/cacheTtl", $"cacheTtl {NotYet}: remove cacheTtl.");
        Refuse(spec.Gateway.SkipCache == true, "/gateway/skipCache", $"skipCache {NotYet}: remove skipCache.");
        Refuse(spec.Fallback?.Mode == FallbackSpec.ServerMode, "/fallback/mode", $"fallback.mode: \"server\" {NotYet}: use \"client\".");
        Refuse(spec.Byok, "/byok", $"byok {NotYet}: remove byok.");
        Refuse(spec.ByokAlias is not null, "/byokAlias", $"byokAlias {NotYet}: remove byokAlias.");

        void Refuse(bool holds, string pointer, string message)
        {
            if (holds)
            {
                problems.AddConfig(pointer, message);
            }
        }
    }

    private static string OnRunPath() =>
        JsonKinds.Alternatives([.. ProviderRegistry.All.Where(static provider => provider.OnRunCatalog).Select(static provider => provider.Slug)]);
}
