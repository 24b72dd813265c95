namespace Orchestrator.Emulator.Runs;

/// <summary>What a dispatch wants of the cache.</summary>
/// <param name="TtlSeconds">How long its answer may be kept; null keeps it not at all.</param>
/// <param name="Key">In place of the model and its inputs.</param>
/// <param name="Skip">The model is to answer itself, and nothing is kept.</param>
internal sealed record CacheWish(int? TtlSeconds, string? Key, bool Skip)
{
    /// <summary>What it says nothing of is as the gateway is set.</summary>
    public CacheWish Or(int? ttlSeconds) => this with { TtlSeconds = TtlSeconds ?? ttlSeconds };

    public bool Looks => !Skip && (TtlSeconds is > 0 || Key is not null);

    public bool Keeps => !Skip && TtlSeconds is > 0;
}
