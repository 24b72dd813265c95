using Orchestrator.Api.Json;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary><c>transport</c>, and what all fields together say about the way to the models (<c>gateway.md</c> §5).</summary>
internal static class TransportPart
{
    public static string? Read(JsonFields run) =>
        run.OneOf("transport", (TransportNames.Run, TransportKind.Run), (TransportNames.Gateway, TransportKind.Gateway)) is { } transport
            ? TransportNames.Of(transport)
            : null;

    /// <returns>What the caller should know about the ways taken, for the run: one warning at most.</returns>
    public static IReadOnlyList<RunWarning> Choose(RunSpec spec, ITransports transports, ProblemList problems)
    {
        var warnings = new List<(string Model, string Text)>();
        var models = (spec.Fallback?.Models ?? []).Select((model, index) => (Model: model, Pointer: JsonPointer.Append("/fallback/models", index)));
        foreach (var (index, (model, pointer)) in models.Prepend((spec.Model, "/model")).Index())
        {
            if (!ModelSlug.TryParse(model, out _))
            {
                continue;
            }

            switch (transports.Select(spec, index))
            {
                case TransportRefusal refusal:
                    Refuse(refusal.Problems, pointer, spec, problems);
                    break;

                // Where an answer may turn out to be resumable, the engine warns when it is not.
                case TransportChoice { Resume: false } choice:
                    warnings.AddRange(choice.Warnings.Select(text => (model, text)));
                    break;
            }
        }

        return Together(warnings);
    }

    private static RunWarning[] Together(List<(string Model, string Text)> warnings) =>
        warnings.Select(static warning => warning.Text).Distinct(StringComparer.Ordinal).Take(2).Count() switch
        {
            0 => [],
            1 => [new RunWarning(Warnings.NotResumable.Code, warnings[0].Text)],
            _ => [new RunWarning(
                Warnings.NotResumable.Code,
                string.Join(' ', warnings.Select(static warning => $"{warning.Model}: {warning.Text}").Distinct(StringComparer.Ordinal)))],
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
