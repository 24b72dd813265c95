using Orchestrator.Emulator.Prose;

namespace Orchestrator.Emulator.Runs;

/// <summary>
/// Ids of runs and logs, in the form of a ULID. Unique over restarts, since a caller's journal may hold those of an emulator that
/// is gone: they follow from the time this one started and a count.
/// </summary>
internal sealed class RunIds(TimeProvider time)
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;
    private const int TimeDigits = 10;

    private readonly ulong _instance = (ulong)time.GetUtcNow().UtcTicks;
    private long _count;

    public string Next()
    {
        var count = Interlocked.Increment(ref _count);
        return string.Create(Length, (Ms: time.GetUtcNow().ToUnixTimeMilliseconds(), Key: Mix.Of(_instance, (ulong)count), Count: count), static (id, from) =>
        {
            var ms = from.Ms;
            for (var i = TimeDigits - 1; i >= 0; i--, ms >>= 5)
            {
                id[i] = Digits[(int)(ms & 31)];
            }

            for (var i = TimeDigits; i < Length; i++)
            {
                id[i] = Digits[(int)(Mix.At(from.Key, i) & 31)];
            }
        });
    }

    public static bool IsWellFormed(string id) =>
        id.Length == Length && id.All(static c => Digits.Contains(c, StringComparison.Ordinal));
}
