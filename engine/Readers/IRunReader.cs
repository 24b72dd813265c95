namespace Orchestrator.Engine.Readers;

/// <summary>A position in a run. It holds nothing of the run while its owner is busy elsewhere. One read at a time.</summary>
public interface IRunReader : IDisposable
{
    /// <summary>Waits for what comes next. Its bytes are good until the next read, or the disposal. After <see cref="ReaderReadKind.End"/> or <see cref="ReaderReadKind.Moved"/> there is no more.</summary>
    ValueTask<ReaderRead> ReadAsync(CancellationToken cancellationToken);
}
