using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

public sealed class SqliteCrashPoints : CrashPoints
{
    private protected override int Stride => 7;

    private protected override Task<JournalSite> CreateSiteAsync() => Task.FromResult<JournalSite>(new SqliteSite());
}
