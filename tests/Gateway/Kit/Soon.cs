namespace Orchestrator.Gateway.Tests;

/// <summary>A bound on what a test awaits: what takes longer never comes.</summary>
internal static class Soon
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static Task<T> SoonAsync<T>(this Task<T> task) => task.WaitAsync(Bound);

    public static Task SoonAsync(this Task task) => task.WaitAsync(Bound);

    public static Task<StreamSignal> NextAsync(this IEventStream stream) => stream.WaitAsync(CancellationToken.None).AsTask().WaitAsync(Bound);
}
