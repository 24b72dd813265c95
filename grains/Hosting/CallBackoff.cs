namespace Orchestrator.Grains.Hosting;

/// <summary>Waits between calls that the cluster could not deliver: 50 ms, doubling to a second, from the start again after a success.</summary>
internal sealed class CallBackoff(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return Task.Delay(wait, clock, cancellationToken);
    }
}
