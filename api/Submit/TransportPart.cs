using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary><c>transport</c>, and what all fields together say about the way to the models (<c>gateway.md</c> §5).</summary>
internal static class TransportPart
{
    public const string NotResumable = "not-resumable";
    public const string RunPath = "run";
    public const string GatewayPath = "gateway";

    public static string? Read(JsonFields run) =>
        run.OneOf("transport", (RunPath, TransportKind.Run), (GatewayPath, TransportKind.Gateway)) switch
        {
            TransportKind.Run => RunPath,
            TransportKind.Gateway => GatewayPath,
            _ => null,
        };

    /// <returns>What the caller should know about the ways taken, for the run.</returns>
    public static IReadOnlyList<RunWarning> Choose(RunSpec spec, ProblemList problems)
    {
        var warnings = new List<RunWarning>();
        var legs = (spec.Fallback?.Models ?? []).Select((model, index) => (Model: model, Pointer: JsonPointer.Append("/fallback/models", index)));
        foreach (var (model, pointer) in legs.Prepend((spec.Model, "/model")))
        {
            if (!ModelSlug.TryParse(model, out var slug))
            {
                continue;
            }

            switch (TransportSelection.Select(Request(spec, slug)))
            {
                case TransportRefusal refusal:
                    Refuse(refusal.Problems, pointer, spec, problems);

                    // Its ways out must not lead into the next refusal.
                    if (slug.Info is not { OnGatewayPath: false })
                    {
                        GatewayPathRefusal.Add(spec, slug, pointer, problems);
                    }

                    break;
                case TransportChoice { Transport: TransportKind.Gateway }:
                    GatewayPathRefusal.Add(spec, slug, pointer, problems);
                    break;
                case TransportChoice choice:
                    warnings.AddRange(choice.Warnings.Select(static text => new RunWarning(NotResumable, text)));
                    break;
            }
        }

        return [.. warnings.Distinct()];
    }

    private static SelectionRequest Request(RunSpec spec, ModelSlug model) => new()
    {
        Model = model,
        Transport = spec.Transport switch
        {
            RunPath => TransportKind.Run,
            GatewayPath => TransportKind.Gateway,
            _ => null,
        },
        Resume = spec.Resume,
        SkipCache = spec.Gateway.SkipCache,
        CacheTtl = spec.Gateway.CacheTtl,
        ServerFallback = spec.Fallback?.Mode == FallbackSpec.ServerMode,
        Byok = spec.Byok || spec.ByokAlias is not null,
    };

    private static void Refuse(IReadOnlyList<ConfigProblem> refused, string modelPointer, RunSpec spec, ProblemList problems)
    {
        foreach (var problem in refused)
        {
            var pointer = problem.Field switch
            {
                "model" => modelPointer,
                "byok" when !spec.Byok => "/byokAlias",
                var field => $"/{field}",
            };
            problems.AddConfig(pointer, problem.Message);
        }
    }
}
