using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

public sealed class SeparateMemoryCrashPoints : CrashPoints
{
    private protected override Task<JournalSite> CreateSiteAsync() => Task.FromResult<JournalSite>(new MemorySite(isAtomic: false));
}
