namespace Orchestrator.Bench.Library;

/// <summary>What a client library is to do. Read by the child process as one line of JSON.</summary>
internal sealed record LibrarySpec
{
    /// <summary>The emulator's.</summary>
    public required int Port { get; init; }

    /// <summary>Our library; false for <see cref="System.Net.Http.HttpClient"/> and a buffer.</summary>
    public required bool Ours { get; init; }

    public required string Model { get; init; }

    /// <summary>Runs at a time, each read to its end.</summary>
    public required int Streams { get; init; }

    /// <summary>The whole load, so often before it counts.</summary>
    public required int WarmRounds { get; init; }
}
