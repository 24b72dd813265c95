namespace Orchestrator.Bench.Library;

/// <summary>What the process took for so many events.</summary>
internal readonly record struct LibraryCost(long Events, double CpuSeconds, long AllocatedBytes)
{
    private const double Micro = 1e6;

    /// <summary>Microseconds an event.</summary>
    public double Cpu => CpuSeconds * Micro / Events;

    /// <summary>Allocated an event.</summary>
    public double Bytes => (double)AllocatedBytes / Events;

    public static LibraryCost operator +(LibraryCost a, LibraryCost b) =>
        new(a.Events + b.Events, a.CpuSeconds + b.CpuSeconds, a.AllocatedBytes + b.AllocatedBytes);
}
