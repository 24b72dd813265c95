using System.Runtime.InteropServices;

namespace Orchestrator.Gateway;

/// <summary>
/// Tokens as counted by the provider so far; null where an event does not tell. Counts are totals of the answer, not additions: a later
/// one replaces an earlier one.
/// </summary>
/// <param name="Input">The prompt, cached tokens included.</param>
/// <param name="Output">The answer, reasoning included.</param>
/// <param name="Total">As told by the provider; Anthropic tells none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenUsage(long? Input, long? Output, long? Total)
{
    /// <summary>The part of <see cref="Input"/> that was read from the provider's cache, where it is told apart.</summary>
    public long? CacheRead { get; init; }

    /// <summary>The part of <see cref="Input"/> that was written into the provider's cache, where it is told apart.</summary>
    public long? CacheWritten { get; init; }

    public bool HasAny => Input is not null || Output is not null || Total is not null;
}
