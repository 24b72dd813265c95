namespace Orchestrator.Grains.Hosting;

/// <summary>Calls to a grain that are made again until the cluster has delivered one: what they ask for may be asked twice.</summary>
internal sealed class GrainCalls(TimeProvider clock)
{
    /// <param name="call">Told whether an earlier call was not answered.</param>
    /// <param name="cancellationToken">The caller has no more time.</param>
    public async Task<T> AnsweredAsync<T>(Func<bool, Task<T>> call, CancellationToken cancellationToken)
    {
        var backoff = new CallBackoff(clock);
        for (var isRepeated = false; ; isRepeated = true)
        {
            try
            {
                return await call(isRepeated).WaitAsync(cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && GrainFaults.IsPassing(failure))
            {
                // Its silo has died, or is on its way out: the next call finds the grain elsewhere.
            }

            await backoff.WaitAsync(cancellationToken);
        }
    }
}
