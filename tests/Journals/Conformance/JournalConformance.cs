using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

/// <summary>What every store must do. One class per store, a file per promise.</summary>
public abstract partial class JournalConformance : IAsyncLifetime
{
    private JournalSite? _site;

    private protected JournalSite Site => _site!;

    public ValueTask InitializeAsync()
    {
        _site = CreateSite();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Site.DisposeAsync();
    }

    private protected abstract JournalSite CreateSite();
}
