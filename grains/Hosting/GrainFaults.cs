namespace Orchestrator.Grains.Hosting;

/// <summary>What a call to a grain throws for the cluster's reasons, not the grain's: asked again, the call finds the grain elsewhere.</summary>
internal static class GrainFaults
{
    public static bool IsPassing(Exception failure) =>
        failure is OrleansException or TimeoutException or EnumerationAbortedException or ObjectDisposedException or OperationCanceledException;
}
