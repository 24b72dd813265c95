using Orleans.Concurrency;

namespace Orchestrator.Grains.Contract;

/// <summary>
/// What the whole cluster may send under one limit of the account. Silos hold turns on lease: one that is not heard of for long has given
/// them back. No call waits for another.
/// </summary>
/// <remarks>Names and numbers of this contract travel between silos of different versions and never change; new members only.</remarks>
[Alias("orchestrator.limit")]
public interface ILimitGrain : IGrainWithStringKey
{
    /// <summary>A turn at once, where there is room and nobody waits; otherwise nothing is taken.</summary>
    [AlwaysInterleave]
    [Alias("ask")]
    Task<TurnReply> AskAsync(TurnAsk ask);

    /// <summary>
    /// Stands in line, or goes on standing there, until the turn comes or <paramref name="wait"/> is over. Asked again with the same ask until
    /// it comes: who does not, leaves the line when its lease ends.
    /// </summary>
    [AlwaysInterleave]
    [Alias("wait")]
    Task<TurnReply> WaitAsync(TurnAsk ask, TimeSpan wait);

    /// <summary>Leaves the line; a turn that has come meanwhile is given back.</summary>
    [AlwaysInterleave]
    [Alias("leave")]
    Task LeaveAsync(TurnAsk ask);

    /// <summary>What became of a silo's turns, and which it still holds: the lease of those begins anew.</summary>
    [AlwaysInterleave]
    [Alias("report")]
    Task ReportAsync(TurnReport report);
}
