namespace Orchestrator.Journals.Committing;

/// <summary>
/// Writers whose operation is done, and what awaits them, one after the other on a thread of the pool: with hundreds of runs in a commit,
/// queueing each of them costs more than what most of them do next.
/// </summary>
internal sealed class CompletedWriters : IThreadPoolWorkItem
{
    /// <summary>Few enough that one that takes long holds up few others, and that every core has some.</summary>
    private const int AtOnce = 16;

    private readonly RunWriter[] _writers;

    private CompletedWriters(RunWriter[] writers) => _writers = writers;

    /// <summary>Returns at once. The list may change after that.</summary>
    public static void GoOn(List<RunWriter> writers)
    {
        for (var from = 0; from < writers.Count; from += AtOnce)
        {
            var some = writers.GetRange(from, Math.Min(AtOnce, writers.Count - from)).ToArray();
            ThreadPool.UnsafeQueueUserWorkItem(new CompletedWriters(some), preferLocal: false);
        }
    }

    public void Execute()
    {
        foreach (var writer in _writers)
        {
            writer.Complete();
        }
    }
}
