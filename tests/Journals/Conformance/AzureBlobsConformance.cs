using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public sealed class AzureBlobsConformance : JournalConformance
{
    /// <summary>A row is a blob, and every look at one a request: a few listings of them show all that there is to see.</summary>
    private protected override int VeryMany => 210;

    private protected override async Task<JournalSite> CreateSiteAsync() => new AzureBlobsSite(await SharedAzurite.GetAsync());
}
