using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

/// <summary>What every store must do. One class per store, a file per promise.</summary>
public abstract partial class JournalConformance : IAsyncLifetime
{
    private JournalSite? _site;

    private protected JournalSite Site => _site!;

    /// <summary>So many runs that no store looks at them one by one where it can do otherwise; fewer where it has no other way.</summary>
    private protected virtual int VeryMany => 2100;

    public async ValueTask InitializeAsync() => _site = await CreateSiteAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    private protected abstract Task<JournalSite> CreateSiteAsync();
}
