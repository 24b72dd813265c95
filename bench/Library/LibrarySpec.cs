namespace Orchestrator.Bench.Library;

/// <summary>What the two clients are to do. Read by the child process as one line of JSON.</summary>
internal sealed record LibrarySpec
{
    /// <summary>The emulator's.</summary>
    public required int Port { get; init; }

    public required string Model { get; init; }

    /// <summary>Runs at a time, each read to its end: what a client has to do in a turn.</summary>
    public required int Streams { get; init; }

    /// <summary>Turns of each before they count.</summary>
    public required int WarmTurns { get; init; }

    /// <summary>Of four turns each, see <see cref="LibraryBlock"/>.</summary>
    public required int Blocks { get; init; }
}
