using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Schemas;

namespace Orchestrator.Api.Submit;

/// <summary>The schema that an input asks its answer to keep to: whether there is one, and what of it nobody checks.</summary>
internal static class StructuredPart
{
    public static RunSpec Note(RunSpec spec, RunInputs inputs)
    {
        if (!RunTasks.Streams(spec))
        {
            return spec;
        }

        var models = (spec.Fallback?.Models ?? []).Prepend(spec.Model);
        var schemas = models.Select(inputs.For).Distinct().Select(AnswerSchema.Of).OfType<JsonSchema>().ToList();
        var notChecked = schemas.SelectMany(static schema => schema.Unchecked).Distinct(StringComparer.Ordinal).ToList();
        return spec with
        {
            Structured = schemas.Count > 0,
            Warnings = notChecked.Count == 0 ? spec.Warnings : [.. spec.Warnings, Warnings.SchemaUnchecked(notChecked)],
        };
    }
}
