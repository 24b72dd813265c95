namespace Orchestrator.Engine.State;

/// <summary>One connection over which an attempt's events came.</summary>
public readonly record struct AttemptConnection
{
    /// <summary>When the upstream answered; Unix milliseconds.</summary>
    public required long From { get; init; }

    /// <summary>The event offset from which it went on.</summary>
    public required long Offset { get; init; }

    /// <summary>When it was lost; null where it was not.</summary>
    public long? Until { get; init; }

    /// <summary>Complete events that came over it before it was lost.</summary>
    public long Events { get; init; }

    /// <summary>Why it was lost: see <see cref="Entries.DetachReasons"/>.</summary>
    public string? Reason { get; init; }
}
