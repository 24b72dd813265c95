using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Opening;

/// <summary>A caller that wants to own a run.</summary>
internal sealed class OpenRequest(RunId run)
{
    public RunId Run { get; } = run;

    public TaskCompletionSource<IRunWriter?> Writer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
