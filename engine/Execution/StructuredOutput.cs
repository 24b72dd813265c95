using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Schemas;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// Holds a complete answer to the schema that its request asks for, before the run is called a success. What follows from the answer
/// is the same whenever it is asked, so that a crash in between costs nothing but the question.
/// </summary>
internal sealed class StructuredOutput(RunId run, RunState state, SubmissionSource submission, RunInterrupts interrupts, RunServices services)
{
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 256 };

    /// <summary>The step, or the failure of the attempt in its place.</summary>
    public async ValueTask<Step> HoldAsync(Step step)
    {
        if (!state.Spec.Structured || step is not Step.End { Status: RunStatus.Completed, IncompleteReason: null })
        {
            return step;
        }

        var attempt = state.Current!;
        var input = (await submission.ReadAsync()).Inputs.For(attempt.ServedModel ?? attempt.Model);
        if (AnswerSchema.Of(input) is not { } schema)
        {
            return step;
        }

        var answer = await AnswerReader.ReadAsync(services.Journal, run, interrupts.Soon);

        // Called tools are the answer that the model was free to give; what it says once they have answered is another run.
        return (answer.Text.Length == 0 && answer.ToolCalls.Count > 0) || Problem(schema, answer) is not { } problem
            ? step
            : new Step.Fail(Errors.SchemaMismatch(problem));
    }

    private static string? Problem(JsonSchema schema, Answer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(answer.Text), Depth);
            return schema.Check(document.RootElement);
        }
        catch (JsonException)
        {
            return answer.Text.Length == 0 ? "The answer is empty." : "The answer is no JSON.";
        }
    }
}
