using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Api.Submit;

/// <summary>Makes a submission of a body, or a list of everything that is wrong with it. Pure.</summary>
internal static class SubmitParser
{
    /// <returns>Either a submission or a problem.</returns>
    public static (ParsedSubmission? Submission, Problem? Problem) Parse(ReadOnlyMemory<byte> body, int maxDepth, ITransports transports)
    {
        var problems = new ProblemList();
        using var document = JsonBody.TryParse(body, maxDepth, problems);
        var parsed = document is not null && JsonFields.Of(document.RootElement, "", SubmitFields.Run, problems) is { } run
            ? Read(run, body, transports, problems)
            : null;
        if (parsed is not null && problems.IsEmpty)
        {
            DispatchCheck.Run(parsed, transports, problems);
        }

        return parsed is not null && problems.IsEmpty ? (parsed, null) : (null, problems.ToProblem());
    }

    private static ParsedSubmission? Read(JsonFields run, ReadOnlyMemory<byte> body, ITransports transports, ProblemList problems)
    {
        var model = ModelPart.Required(run);
        var input = InputPart.Required(run, body);
        var fallback = FallbackPart.Read(run);
        var headers = HeadersPart.Read(run);
        var spec = new RunSpec
        {
            Model = model ?? "",
            Task = TaskPart.Read(run),
            N = TaskPart.ReadN(run),
            Fallback = fallback,
            Retry = RetryPart.Read(run),
            Resume = run.Flag("resume"),
            OnResumeExpired = run.OneOf("onResumeExpired", ChoiceNames.StreamPolicies) ?? StreamPolicy.Error,
            OnStreamFailure = run.OneOf("onStreamFailure", ChoiceNames.StreamPolicies),
            Transport = TransportPart.Read(run),
            Gateway = GatewayPart.Read(run, problems),
            Byok = run.Flag("byok") ?? false,
            ByokAlias = run.Text("byokAlias", SubmitLimits.TextChars),
            Zdr = run.Flag("zdr"),
            ExtraHeaders = [.. headers.Keys],
            SessionAffinity = run.Text("sessionAffinity", SubmitLimits.TextChars),
            Timeouts = TimeoutsPart.Read(run),
            Metadata = MetadataPart.Read(run, problems),
            Webhook = WebhookPart.Read(run),
        };
        HeadersPart.CheckValues(run, spec);
        TaskPart.CheckFallbacks(run, spec);
        var inputs = InputPart.OfFallbacks(run, spec, body);
        var warnings = TransportPart.Choose(spec, transports, problems);
        if (model is null || input is null)
        {
            return null;
        }

        var all = new RunInputs(input.Value, inputs);
        return new ParsedSubmission(StructuredPart.Note(spec with { Warnings = warnings }, all), all, headers);
    }
}
