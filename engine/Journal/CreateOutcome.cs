using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

public abstract record CreateOutcome
{
    private CreateOutcome()
    {
    }

    public sealed record Created(IRunWriter Writer) : CreateOutcome;

    /// <summary>The idempotency key belongs to another run of the tenant.</summary>
    public sealed record KeyTaken(RunId Run, string? RequestHash) : CreateOutcome;
}
