namespace Orchestrator.Engine.Statistics;

/// <summary>What the runs of all hosts did, and which of them need a look.</summary>
/// <param name="Report">Of all hosts that answered.</param>
/// <param name="Attention">The longest in trouble first; not more than a hundred.</param>
/// <param name="Hosts">How many hosts there are.</param>
/// <param name="Silent">How many of them did not answer in time: what they know is not in it.</param>
public sealed record RunOverview(StatReport Report, IReadOnlyList<RunAttention> Attention, int Hosts, int Silent);
