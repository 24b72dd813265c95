using Orchestrator.Api;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Standalone.Hosting;

/// <summary>Ready while commits go through.</summary>
internal sealed class JournalReadiness(IRunJournal journal) : IReadiness
{
    public (bool Ready, string? Reason) Check()
    {
        var health = journal.Health;
        return (health.Ready, health.Reason);
    }
}
