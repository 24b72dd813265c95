namespace Orchestrator.Gateway.Tests;

/// <summary>A stream whose read takes as long and ends as the given task does, whatever the token says.</summary>
internal sealed class GatedStream(Task<int> read) : MemoryStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => await read;
}
