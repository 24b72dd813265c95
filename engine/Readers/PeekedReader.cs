namespace Orchestrator.Engine.Readers;

/// <summary>A reader whose first read was already made.</summary>
internal sealed class PeekedReader(IRunReader reader, ReaderRead first) : IRunReader
{
    private bool _peeked = true;

    public ValueTask<ReaderRead> ReadAsync(CancellationToken cancellationToken)
    {
        if (_peeked)
        {
            _peeked = false;
            return new ValueTask<ReaderRead>(first);
        }

        return reader.ReadAsync(cancellationToken);
    }

    public void Dispose() => reader.Dispose();
}
