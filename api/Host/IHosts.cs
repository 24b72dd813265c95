namespace Orchestrator.Api;

/// <summary>
/// The hosts that serve together, as far as one of them can tell: what <c>GET /v1/system</c> lists. A host that serves alone registers none.
/// </summary>
public interface IHosts
{
    /// <returns>This one among them, in the order of their names.</returns>
    ValueTask<IReadOnlyList<HostEntry>> ListAsync(CancellationToken cancellationToken);
}
