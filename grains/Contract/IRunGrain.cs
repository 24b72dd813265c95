using Orleans.Concurrency;

namespace Orchestrator.Grains.Contract;

/// <summary>
/// One run; its key is the run's id. Tenants are the caller's affair: whoever has the id may call. No call waits for another.
/// </summary>
/// <remarks>Names and numbers of this contract travel between silos of different versions and never change; new members only.</remarks>
[Alias("orchestrator.run")]
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Journals the run and works on it. May be repeated with the same request: the run is made once.</summary>
    [Alias("submit")]
    Task<SubmitReply> SubmitAsync(SubmitRequest request);

    /// <summary>Takes the run up where nobody works on it. Completes when that is so, or when the run turns out to have ended.</summary>
    [AlwaysInterleave]
    [Alias("wake")]
    Task WakeAsync();

    /// <summary>The run at its last transition; never waits for the run.</summary>
    [AlwaysInterleave]
    [Alias("get")]
    Task<RunCheckpoint> GetAsync();

    /// <summary>Cancels the run. True: it has ended, durably. False: not within <paramref name="wait"/>; ask again.</summary>
    [AlwaysInterleave]
    [Alias("cancel")]
    Task<bool> CancelAsync(TimeSpan wait);

    /// <summary>True: the run has ended. False: not within <paramref name="wait"/>.</summary>
    [AlwaysInterleave]
    [Alias("wait")]
    Task<bool> WaitForEndAsync(TimeSpan wait);

    /// <summary>
    /// The entries from number <paramref name="from"/> on, as they are committed. Ends after the run's last entry, and where the run leaves
    /// this activation: the reader asks again with its cursor.
    /// </summary>
    [AlwaysInterleave]
    [Alias("read")]
    IAsyncEnumerable<EntrySlice> ReadAsync(long from, CancellationToken cancellationToken);

    /// <summary>Lets go of the run and moves to another silo, which goes on with it. Completes when the move has begun.</summary>
    [AlwaysInterleave]
    [Alias("handOver")]
    Task HandOverAsync(SiloAddress silo);

    /// <summary>The run has been deleted: what is kept beside the journal goes with it.</summary>
    [AlwaysInterleave]
    [Alias("forget")]
    Task ForgetAsync();
}
