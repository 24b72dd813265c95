namespace Orchestrator.TestKit.Journal;

/// <summary>A commit on its way to the storage.</summary>
/// <param name="Land">Makes it durable and visible.</param>
/// <param name="LandUnseen">Makes it durable, though nobody will be told; null where that can not be.</param>
internal sealed record PendingCommit(Action Land, Action? LandUnseen)
{
    public TaskCompletionSource Done { get; } = new();
}
