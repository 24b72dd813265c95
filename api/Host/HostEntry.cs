namespace Orchestrator.Api;

/// <summary>One of the hosts that serve together.</summary>
/// <param name="Name">As people know it.</param>
/// <param name="Status">In one word: <c>active</c> where it serves.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Version">Null where the host did not tell.</param>
/// <param name="ActiveRuns">those that it works on; null where the host did not tell.</param>
/// <param name="IsThis">The one that answers.</param>
public sealed record HostEntry(string Name, string Status, DateTimeOffset StartedAt, string? Version, long? ActiveRuns, bool IsThis);
