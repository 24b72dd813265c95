using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public sealed class PostgresConformance : JournalConformance
{
    private protected override async Task<JournalSite> CreateSiteAsync() => new PostgresSite(await SharedPostgres.GetAsync());
}
