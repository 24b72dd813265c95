using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

public sealed class AzureBlobsCrashPoints : CrashPoints
{
    private protected override int Stride => 7;

    private protected override async Task<JournalSite> CreateSiteAsync() => new AzureBlobsSite(await SharedAzurite.GetAsync());
}
