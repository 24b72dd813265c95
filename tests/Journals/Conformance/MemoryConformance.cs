using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

/// <summary>The journal over the simplest storage there can be.</summary>
public sealed class MemoryConformance : JournalConformance
{
    private protected override Task<JournalSite> CreateSiteAsync() => Task.FromResult<JournalSite>(new MemorySite(isAtomic: true));
}
