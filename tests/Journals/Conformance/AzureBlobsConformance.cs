using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public sealed class AzureBlobsConformance : JournalConformance
{
    private protected override async Task<JournalSite> CreateSiteAsync() => new AzureBlobsSite(await SharedAzurite.GetAsync());
}
