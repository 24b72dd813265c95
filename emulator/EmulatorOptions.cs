namespace Orchestrator.Emulator;

/// <summary>What the emulated gateway does when a run does not say otherwise (see README.md for the keys of a run).</summary>
public sealed class EmulatorOptions
{
    /// <summary>The bridge secret that callers send as <c>Authorization: Bearer</c>; null or empty = open.</summary>
    public string? Secret { get; set; }

    /// <summary>How long a run can be resumed after its generation ended. The real gateway keeps it about 5.5 minutes.</summary>
    public TimeSpan BufferTtl { get; set; } = TimeSpan.FromSeconds(330);

    /// <summary>Text events of a run, framing events not counted.</summary>
    public int DefaultEvents { get; set; } = 60;

    /// <summary>Events per second of a run; 0 = all at once, as fast as the reader takes them.</summary>
    public double DefaultRate { get; set; } = 20;

    /// <summary>The gateways' own setting of how many seconds answers are kept, for requests that say nothing of it; 0 = not at all.</summary>
    public int CacheTtl { get; set; }

    /// <summary>Whether streams over the REST API carry a run id, with which they can be resumed. The real one's do not today.</summary>
    public bool RestRunIds { get; set; }

    /// <summary>Changes every text and every id. The same seed, model and inputs give the same bytes.</summary>
    public ulong Seed { get; set; }
}
