using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Emulator.Prose;

/// <summary>Numbers that depend on nothing but what they are made from, on every machine and in every version.</summary>
internal static class Mix
{
    /// <summary>A well spread number for the position-th thing of a sequence: the finalizer of splitmix64.</summary>
    public static ulong At(ulong key, long position)
    {
        var x = key + ((ulong)position * 0x9E3779B97F4A7C15);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BitConverter.ToUInt64(hash);
    }

    public static ulong Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The two in this order.</summary>
    public static ulong Of(ulong first, ulong second) => At(At(first, 1) ^ second, 2);
}
