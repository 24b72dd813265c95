namespace Orchestrator.Grains.Hosting;

/// <summary>
/// Waits between calls that the cluster could not deliver: none at first, then 50 ms, doubling to a second; from the start again after a
/// success.
/// </summary>
internal sealed class CallBackoff(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _next = TimeSpan.Zero;

    public void Reset() => _next = TimeSpan.Zero;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = _next;
        _next = wait == TimeSpan.Zero ? First : wait * 2 < Longest ? wait * 2 : Longest;
        return wait == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, cancellationToken);
    }
}
