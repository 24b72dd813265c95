using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public sealed class SqliteConformance : JournalConformance
{
    private protected override Task<JournalSite> CreateSiteAsync() => Task.FromResult<JournalSite>(new SqliteSite());
}
