using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

/// <summary>The journal over the simplest storage there can be.</summary>
public sealed class MemoryConformance : JournalConformance
{
    private protected override JournalSite CreateSite() => new MemorySite(isAtomic: true);
}
