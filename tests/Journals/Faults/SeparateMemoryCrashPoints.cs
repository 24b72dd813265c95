using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

public sealed class SeparateMemoryCrashPoints : CrashPoints
{
    private protected override JournalSite CreateSite() => new MemorySite(isAtomic: false);
}
