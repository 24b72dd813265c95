using System.Globalization;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Submit;

/// <summary>
/// A submission whose parts are all fine, asked of the gateway's client leg by leg: what that would refuse at the dispatch is refused
/// while there is somebody to tell.
/// </summary>
internal static class DispatchCheck
{
    public static void Run(ParsedSubmission submission, ITransports transports, ProblemList problems)
    {
        for (var leg = 0; leg < submission.Spec.LegCount; leg++)
        {
            if (transports.Decide(submission.Spec, submission.Inputs, submission.ExtraHeaders, leg) is TransportRefusal refusal)
            {
                foreach (var problem in refusal.Problems)
                {
                    Add(problem, submission, leg, problems);
                }
            }
        }
    }

    /// <summary>Its fields are paths in the run as it is submitted, but for what belongs to one model of several.</summary>
    private static void Add(ConfigProblem problem, ParsedSubmission submission, int leg, ProblemList problems)
    {
        var field = problem.Field.Split('/');
        if (field is ["fallback", "models", var number, .. var rest]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < submission.Spec.Fallback?.Models.Count)
        {
            (field, leg) = (rest, index + 1);
        }

        var model = submission.Spec.ModelOf(leg);
        switch (field)
        {
            case [] or ["model"]:
                problems.AddConfig(ModelPointer(leg), problem.Message);
                break;
            case ["endpoint"]:
                problems.AddConfig(ModelPointer(leg), NoChat(model));
                break;
            case ["input"]:
                problems.AddConfig(
                    submission.Inputs.ByModel.ContainsKey(model) ? JsonPointer.Append("/fallback/inputs", model) : "/input", problem.Message);
                break;
            case ["extraHeaders", var name]:
                problems.AddConfig(JsonPointer.Append("/extraHeaders", AsSubmitted(submission.Spec, name)), problem.Message);
                break;
            default:
                problems.AddConfig(string.Concat(field.Select(static name => JsonPointer.Append("", name))), problem.Message);
                break;
        }
    }

    private static string ModelPointer(int leg) => leg == 0 ? "/model" : JsonPointer.Append("/fallback/models", leg - 1);

    private static string NoChat(string model) =>
        $"Nothing of {model} on the gateway path fits its input: give it messages (a Google model contents, too), or choose a provider with a chat API.";

    private static string AsSubmitted(RunSpec spec, string header) =>
        spec.ExtraHeaders.FirstOrDefault(name => name.Equals(header, StringComparison.OrdinalIgnoreCase)) ?? header;
}
