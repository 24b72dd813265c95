namespace Orchestrator.Client;

/// <summary>An event stream that is open again.</summary>
/// <param name="After">The cursor it goes on from.</param>
/// <param name="Tries">How many tries it took.</param>
/// <param name="Gap">How long there was no stream.</param>
public sealed record WatchReattach(long After, int Tries, TimeSpan Gap);
