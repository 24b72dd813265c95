using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Settings;

/// <summary>Everything a caller can ask of one run. The keys are in README.md, their syntax in <see cref="SettingKeys"/>.</summary>
internal sealed record RunSettings
{
    // The answer itself: part of what the gateway generated, so every reader sees it, on a resume too.
    public int Events { get; init; }
    public double Rate { get; init; }
    public int FirstMs { get; init; }
    public int TextBytes { get; init; }
    public int EventBytes { get; init; }
    public int BigBytes { get; init; }
    public ulong Seed { get; init; }
    public WireFormat? Wire { get; init; }
    public int ReasoningEvents { get; init; }
    public bool Tool { get; init; }
    public int RepeatChars { get; init; }
    public int CachedTokens { get; init; }
    public int CacheWrittenTokens { get; init; }
    public bool NoDone { get; init; }
    public bool Crlf { get; init; }
    public CommentStyle Comments { get; init; }
    public bool NonStream { get; init; }
    public int? TruncateAfter { get; init; }
    public int? ErrorAfter { get; init; }
    public int? MalformedEvent { get; init; }

    // Faults of the connections to one run, counted per connection that streams.
    public Fault? Drop { get; init; }
    public Fault? DropEvery { get; init; }
    public Fault? Stall { get; init; }
    public Fault? CleanEnd { get; init; }
    public Fault? OneByte { get; init; }

    // Faults of the resume calls of one run, counted per call.
    public Fault? Expired { get; init; }
    public Fault? ResumeFail { get; init; }
    public Fault? Shift { get; init; }

    // Faults of a dispatch, counted per model name and inputs.
    public int HoldMs { get; init; }
    public Fault? Status { get; init; }
    public int? RetryAfter { get; init; }
    public int? Limit { get; init; }
    public int WindowMs { get; init; } = 60_000;
    public Fault? Refuse { get; init; }
    public Fault? ContextLength { get; init; }
    public Fault? Filter { get; init; }
    public Fault? Mismatch { get; init; }
    public Fault? RefusePrefill { get; init; }
    public Fault? RefuseGoOn { get; init; }
}
