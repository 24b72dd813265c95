namespace Orchestrator.Engine.Entries;

/// <summary>The connection to the upstream is gone, or could not be taken up; the attempt goes on.</summary>
public sealed record AttemptDetached
{
    public required int Attempt { get; init; }

    /// <summary>Complete events so far.</summary>
    public required long Offset { get; init; }

    /// <summary>A code: see <see cref="DetachReasons"/>, or the error's of a failed resume.</summary>
    public required string Reason { get; init; }

    public string? Message { get; init; }

    /// <summary>In milliseconds, where the upstream asked to wait.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>In [0, 1): spreads the wait before the next re-attach.</summary>
    public double Jitter { get; init; }
}
