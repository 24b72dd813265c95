namespace Orchestrator.Engine.Execution;

/// <summary>The engine's randomness, from one seedable source. Thread-safe.</summary>
public sealed class Jitter(Random random)
{
    private readonly Lock _lock = new();

    /// <summary>In [0, 1).</summary>
    public double Next()
    {
        lock (_lock)
        {
            return random.NextDouble();
        }
    }

    public Runs.RunId NextRunId(DateTimeOffset now)
    {
        lock (_lock)
        {
            return Runs.RunId.Create(now, random);
        }
    }

    public string NextDispatchId()
    {
        Span<byte> bytes = stackalloc byte[12];
        lock (_lock)
        {
            random.NextBytes(bytes);
        }

        return Convert.ToHexStringLower(bytes);
    }
}
