using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

public sealed class PostgresCrashPoints : CrashPoints
{
    private protected override int Stride => 7;

    private protected override async Task<JournalSite> CreateSiteAsync() => new PostgresSite(await SharedPostgres.GetAsync());
}
