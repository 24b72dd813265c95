using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

/// <summary>The same without transactions between log and directory.</summary>
public sealed class SeparateMemoryConformance : JournalConformance
{
    private protected override JournalSite CreateSite() => new MemorySite(isAtomic: false);
}
