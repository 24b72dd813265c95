using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

/// <summary>The same without transactions between log and directory.</summary>
public sealed class SeparateMemoryConformance : JournalConformance
{
    private protected override Task<JournalSite> CreateSiteAsync() => Task.FromResult<JournalSite>(new MemorySite(isAtomic: false));
}
