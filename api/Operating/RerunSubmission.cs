using System.Buffers;
using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Api.Operating;

/// <summary>Makes the submission of a run that was into that of a new one. Pure.</summary>
internal static class RerunSubmission
{
    /// <summary>The key of the metadata that names the run it repeats.</summary>
    public const string Origin = "rerunOf";

    /// <returns>A submission that is checked like a new one: what may be dispatched can have changed with the model, and with the service.</returns>
    public static (Submission? Submission, Problem? Problem) Of(Submission submission, RunId origin, string? model, ITransports transports)
    {
        var problems = new ProblemList();
        var spec = submission.Spec with
        {
            Model = model ?? submission.Spec.Model,
            Metadata = WithOrigin(submission.Spec.Metadata, origin),
            Warnings = [],
        };
        spec = spec with { Warnings = TransportPart.Choose(spec, transports, problems) };
        if (problems.IsEmpty)
        {
            DispatchCheck.Run(new ParsedSubmission(spec, submission.Inputs, submission.ExtraHeaders), transports, problems);
        }

        return problems.IsEmpty
            ? (submission with { Spec = spec, Origin = new RunOrigin(origin.ToString(), submission.Trace) }, null)
            : (null, problems.ToProblem());
    }

    private static JsonElement WithOrigin(JsonElement? metadata, RunId origin)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, RunJson.WriterOptions))
        {
            json.WriteStartObject();
            if (metadata is { ValueKind: JsonValueKind.Object } given)
            {
                foreach (var property in given.EnumerateObject().Where(static property => property.Name != Origin))
                {
                    property.WriteTo(json);
                }
            }

            json.WriteString(Origin, origin.ToString());
            json.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
