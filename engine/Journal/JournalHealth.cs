namespace Orchestrator.Engine.Journal;

/// <param name="Ready">Whether the last commit, or probe, went through.</param>
/// <param name="Reason">Where not ready: what is wrong and what mends it.</param>
public sealed record JournalHealth(bool Ready, string? Reason)
{
    public static readonly JournalHealth Good = new(true, null);
}
