using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// The finish reason that a run ends with: the upstream's, unless the answer is a call that the model was made to make and wrote as its
/// text. Such a run ends as every other that called a tool, in its last event and in lists as well.
/// </summary>
internal sealed class AnswerFinish(RunId run, RunState state, SubmissionSource submission, RunInterrupts interrupts, RunServices services)
{
    /// <summary>Null where there is no answer, or nobody told one.</summary>
    public async ValueTask<string?> OfAsync(Step.End step)
    {
        if (step.Status != RunStatus.Completed || state.Current is not { } attempt)
        {
            return null;
        }

        // The text is looked at only where it may be such a call: few answers begin like one, and fewer were made to.
        if (step.IncompleteReason is not null || attempt.HasToolCalls || !attempt.OpensObject)
        {
            return attempt.FinishReason;
        }

        var input = (await submission.ReadAsync()).Inputs.For(attempt.ServedModel ?? attempt.Model);
        if (ForcedTools.Of(input) is null)
        {
            return attempt.FinishReason;
        }

        var answer = await AnswerReader.ReadAsync(services.Journal, run, interrupts.Soon);
        return answer.ToolCalls.Count == 0 && LeakedToolCall.CanBe(answer.Text) && LeakedToolCall.TryRead(answer.Text, input) is not null
            ? FinishReasons.ToolCalls
            : attempt.FinishReason;
    }
}
