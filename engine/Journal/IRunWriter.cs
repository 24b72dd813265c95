using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

/// <summary>The right to append to one run. Used by one caller at a time.</summary>
public interface IRunWriter
{
    RunId Id { get; }

    /// <summary>Rises with each change of owner, from 1.</summary>
    long Epoch { get; }

    /// <summary>The number of the last durable entry.</summary>
    long LastNumber { get; }

    /// <summary>
    /// True where the run was taken from an owner that did not release it: it died, or it is alive and has lost. False for a new
    /// run and after an orderly <see cref="ReleaseAsync"/>.
    /// </summary>
    bool TakenOver { get; }

    /// <summary>
    /// Appends; when it completes the entries are durable. The batch must begin at <see cref="LastNumber"/> + 1. The journal keeps
    /// <see cref="EntryBatch.Data"/>: its bytes must never change.
    /// </summary>
    /// <param name="batch">The entries.</param>
    /// <param name="summary">Where given, replaces the run's row in the directory in the same commit. An ended status ends the run:
    /// nothing can be appended after it.</param>
    /// <exception cref="OwnershipLostException">Another writer has the run. Nothing was appended, nor ever will be.</exception>
    /// <exception cref="JournalUnavailableException">The storage refused or failed (full, locked, out of reach). The same batch may
    /// be appended again; it will be there once.</exception>
    ValueTask AppendAsync(EntryBatch batch, RunSummary? summary = null);

    /// <summary>
    /// Gives the run up in order: the next owner takes it without having to fence anybody, and sees <see cref="TakenOver"/> false.
    /// Does nothing where ownership is already lost or the run has ended.
    /// </summary>
    ValueTask ReleaseAsync();
}
