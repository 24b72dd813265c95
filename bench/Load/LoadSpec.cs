namespace Orchestrator.Bench.Load;

/// <summary>What a load client is to do. Read by the child process as one line of JSON.</summary>
internal sealed record LoadSpec
{
    /// <summary>On loopback.</summary>
    public required int Port { get; init; }

    public required LoadRoute Route { get; init; }

    /// <summary>The model, with the emulator's keys. Not for <see cref="LoadRoute.Read"/>.</summary>
    public string Model { get; init; } = "";

    /// <summary>For <see cref="LoadRoute.Read"/>.</summary>
    public string Path { get; init; } = "";

    /// <summary>Clients at a time.</summary>
    public required int Clients { get; init; }

    /// <summary>The clients start evenly over this time.</summary>
    public double RampSeconds { get; init; }

    /// <summary>A client whose stream ended is followed by another one until the window is over.</summary>
    public bool Replace { get; init; }

    /// <summary>From the last start to the window's beginning.</summary>
    public double SettleSeconds { get; init; }

    /// <summary>How long to measure; 0: everything, until the last stream ended.</summary>
    public double WindowSeconds { get; init; }

    /// <summary>Keeps the time of every event.</summary>
    public bool KeepTimes { get; init; }

    /// <summary>A client whose connection breaks comes back, and goes on from its count. Only for <see cref="LoadRoute.Stream"/>.</summary>
    public bool Reconnect { get; init; }

    /// <summary>The event, from 0, that counts as a client's first. For <see cref="LoadRoute.Answer"/> it is the first <c>output.delta</c>.</summary>
    public int FirstEvent { get; init; }

    /// <summary>Where the emulator listens, to ask it when events were due; 0: not asked.</summary>
    public int EmulatorPort { get; init; }

    /// <summary>Events per second of a run, for when events were due.</summary>
    public double Rate { get; init; }

    /// <summary>Names the runs to the emulator; a number follows, unless <see cref="Route"/> is <see cref="LoadRoute.Read"/>.</summary>
    public string Key { get; init; } = "";

    /// <summary>Processes whose CPU time in the window is to be told, by name.</summary>
    public IReadOnlyDictionary<string, int[]> Watch { get; init; } = new Dictionary<string, int[]>(StringComparer.Ordinal);
}
