using Orchestrator.Engine.Runs;

namespace Orchestrator.Grains.Watch;

/// <summary>
/// Which silo looks after which run: the one with the highest score for it. Silos that see the same membership agree, and when one goes only
/// its own runs change hands, spread over the others.
/// </summary>
internal static class RunShare
{
    public static SiloAddress? Of(RunId run, IReadOnlyCollection<SiloAddress> silos) => silos.MaxBy(silo => Score(run, silo));

    private static ulong Score(RunId run, SiloAddress silo)
    {
        Span<byte> bytes = stackalloc byte[RunId.ByteLength];
        run.WriteBytes(bytes);

        // FNV-1a over both, then a finaliser: neighbours in the input must be strangers in the order.
        var hash = 14695981039346656037UL;
        foreach (var part in bytes)
        {
            hash = (hash ^ part) * 1099511628211UL;
        }

        foreach (var part in silo.ToParsableString())
        {
            hash = (hash ^ part) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }
}
