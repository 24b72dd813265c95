using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

public sealed class SqliteCrashPoints : CrashPoints
{
    private protected override int Stride => 7;

    private protected override JournalSite CreateSite() => new SqliteSite();
}
