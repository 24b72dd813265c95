using System.IO.Pipelines;
using Orchestrator.Gateway.Tests.Kit;

namespace Orchestrator.Gateway.Tests.Http;

public sealed class IdleStreamTests
{
    private readonly Pipe _pipe = new();
    private readonly AskedStream _asked;
    private readonly IdleStream _stream;
    private readonly byte[] _buffer = new byte[16];

    public IdleStreamTests()
    {
        _asked = new AskedStream(_pipe.Reader.AsStream());
        _stream = new IdleStream(_asked);
    }

    [Fact]
    public async Task A_stream_that_waits_is_asked_with_an_empty_buffer_each_time()
    {
        for (var round = 0; round < 3; round++)
        {
            var wait = _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken);
            Assert.False(wait.IsCompleted);
            await WriteAsync();
            Assert.Equal(0, await wait);
            Assert.Equal(1, await ReadAsync());
        }

        Assert.Equal([0, 16, 0, 16, 0, 16], _asked.Lengths);
    }

    [Fact]
    public async Task What_flows_is_not_asked_for_twice_and_what_no_longer_does_is()
    {
        await WriteAsync();
        await TakeAsync();
        await WriteAsync();
        await TakeAsync();

        // Nothing is there: the spared question costs this wait a buffer, and the next asks again.
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken));
        var read = ReadAsync();
        Assert.False(read.IsCompleted);
        await WriteAsync();
        Assert.Equal(1, await read);
        Assert.False(_stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken).IsCompleted);
        Assert.Equal([0, 16, 16, 16, 0], _asked.Lengths);
    }

    [Fact]
    public async Task The_end_and_a_break_are_told_whether_asked_or_spared()
    {
        await WriteAsync();
        await TakeAsync();
        await _pipe.Writer.CompleteAsync(new IOException("The peer has gone."));
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<IOException>(ReadAsync);
        await Assert.ThrowsAsync<IOException>(ReadAsync);
    }

    private async Task<int> ReadAsync() => await _stream.ReadAsync(_buffer, TestContext.Current.CancellationToken);

    private async Task WriteAsync() => await _pipe.Writer.WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken);

    private async Task TakeAsync()
    {
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken));
        Assert.Equal(1, await ReadAsync());
    }
}
