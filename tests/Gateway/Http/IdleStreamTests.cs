using System.IO.Pipelines;
using Orchestrator.Gateway.Tests.Kit;

namespace Orchestrator.Gateway.Tests.Http;

public sealed class IdleStreamTests
{
    private static readonly TimeSpan Long = IdleStream.Moment + TimeSpan.FromMilliseconds(1);

    private readonly Pipe _pipe = new();
    private readonly SteppedTime _time = new();
    private readonly AskedStream _asked;
    private readonly IdleStream _stream;
    private readonly byte[] _buffer = new byte[16];

    public IdleStreamTests()
    {
        _asked = new AskedStream(_pipe.Reader.AsStream());
        _stream = new IdleStream(_asked, _time);
    }

    [Fact]
    public async Task A_stream_that_is_slow_is_asked_with_an_empty_buffer_each_time()
    {
        for (var round = 0; round < 3; round++)
        {
            var wait = _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken);
            Assert.False(wait.IsCompleted);
            _time.Pass(Long);
            await WriteAsync();
            Assert.Equal(0, await wait);
            Assert.Equal(1, await ReadAsync());
        }

        Assert.Equal([0, 16, 0, 16, 0, 16], _asked.Lengths);
    }

    /// <summary>At the first there is nothing to tell its pace by.</summary>
    [Fact]
    public async Task A_stream_that_trickles_is_asked_at_its_first_read_only()
    {
        for (var round = 0; round < 4; round++)
        {
            await WriteAsync();
            Assert.Equal(0, await AskAsync());
            Assert.Equal(1, await ReadAsync());
            _time.Pass(IdleStream.Moment);
        }

        Assert.Equal([0, 16, 16, 16, 16], _asked.Lengths);
    }

    [Fact]
    public async Task One_that_falls_silent_holds_a_buffer_once_and_is_asked_again()
    {
        await TakeAsync();
        _time.Pass(IdleStream.Moment);
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken));
        var read = ReadAsync();
        Assert.False(read.IsCompleted);
        _time.Pass(Long);
        await WriteAsync();
        Assert.Equal(1, await read);

        Assert.False(_stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken).IsCompleted);
        Assert.Equal([0, 16, 16, 0], _asked.Lengths);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_and_a_break_are_told_whether_asked_or_spared(bool spared)
    {
        await TakeAsync();
        _time.Pass(spared ? IdleStream.Moment : Long);
        await _pipe.Writer.CompleteAsync(new IOException("The peer has gone."));
        if (spared)
        {
            Assert.Equal(0, await AskAsync());
        }
        else
        {
            await Assert.ThrowsAsync<IOException>(AskAsync);
        }

        await Assert.ThrowsAsync<IOException>(ReadAsync);
        await Assert.ThrowsAsync<IOException>(ReadAsync);
    }

    private async Task<int> AskAsync() => await _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken);

    private async Task<int> ReadAsync() => await _stream.ReadAsync(_buffer, TestContext.Current.CancellationToken);

    private async Task WriteAsync() => await _pipe.Writer.WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken);

    private async Task TakeAsync()
    {
        await WriteAsync();
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken));
        Assert.Equal(1, await ReadAsync());
    }
}
