using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Orchestrator.Gateway.Tests.Kit;

namespace Orchestrator.Gateway.Tests.Sse;

/// <summary>When a reader holds a buffer: a thousand streams wait at a time.</summary>
public sealed class SseBufferTests : IAsyncDisposable
{
    private const int Size = 64;
    private const int Asked = 0;
    private static readonly TimeSpan Long = ReadPace.Moment + TimeSpan.FromMilliseconds(1);

    private readonly Pipe _pipe = new();
    private readonly SteppedTime _time = new();
    private readonly StreamBuffers _pool = new();
    private readonly AskedStream _asked;
    private readonly SseEventReader _reader;

    public SseBufferTests()
    {
        _asked = new AskedStream(_pipe.Reader.AsStream());
        _reader = new SseEventReader(_asked, options: null, owner: _asked, _time, buffer: new BodyBuffer(_pool, Size));
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    [Fact]
    public async Task A_stream_that_is_slow_is_asked_with_an_empty_buffer_each_time()
    {
        for (var round = 0; round < 3; round++)
        {
            var wait = _reader.WaitAsync(CancellationToken.None).AsTask();
            _time.Pass(Long);
            await SendAsync();
            await TakeAsync(wait);
        }

        Assert.Equal([Asked, Size, Asked, Size, Asked, Size], _asked.Lengths);
    }

    /// <summary>At the first there is nothing to tell its pace by.</summary>
    [Fact]
    public async Task A_stream_that_trickles_is_asked_at_its_first_read_only()
    {
        for (var round = 0; round < 4; round++)
        {
            await SendAsync();
            await TakeAsync(_reader.WaitAsync(CancellationToken.None).AsTask());
            _time.Pass(ReadPace.Moment);
        }

        Assert.Equal([Asked, Size, Size, Size, Size], _asked.Lengths);
    }

    [Fact]
    public async Task One_that_falls_silent_holds_a_buffer_once_and_is_asked_again()
    {
        await SendAsync();
        await TakeAsync(_reader.WaitAsync(CancellationToken.None).AsTask());
        _time.Pass(ReadPace.Moment);
        var wait = _reader.WaitAsync(CancellationToken.None).AsTask();
        _time.Pass(Long);
        await SendAsync();
        await TakeAsync(wait);

        Assert.False(_reader.WaitAsync(CancellationToken.None).IsCompleted);
        Assert.Equal([Asked, Size, Size, Asked], _asked.Lengths);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_and_a_break_are_told_whether_asked_or_spared(bool breaks)
    {
        foreach (var pause in new[] { ReadPace.Moment, Long })
        {
            var pipe = new Pipe();
            var body = new AskedStream(pipe.Reader.AsStream());
            await using var reader = new SseEventReader(body, options: null, owner: body, _time, buffer: new BodyBuffer(_pool, Size));
            await pipe.Writer.WriteAsync("data: a\n\n"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.Equal(StreamSignalKind.Events, (await reader.NextAsync()).Kind);
            Assert.True(reader.TryRead(out _));
            _time.Pass(pause);
            await pipe.Writer.CompleteAsync(breaks ? new IOException("The peer has gone.") : null);

            Assert.Equal(breaks ? StreamSignalKind.Broken : StreamSignalKind.CleanEnd, (await reader.NextAsync()).Kind);
            Assert.Equal(breaks ? StreamSignalKind.Broken : StreamSignalKind.CleanEnd, (await reader.NextAsync()).Kind);
        }
    }

    [Fact]
    public async Task What_was_taken_goes_back_to_the_pool_without_another_wait()
    {
        await SendAsync();
        Assert.Equal(StreamSignalKind.Events, (await _reader.NextAsync()).Kind);
        Assert.True(_reader.TryRead(out var raw));
        Assert.True(MemoryMarshal.TryGetArray(raw.First, out var held));
        using (var other = _pool.Rent())
        {
            Assert.False(other.Memory.Span.Overlaps(held.Array));
        }

        Assert.False(_reader.TryRead(out _));
        var kept = Enumerable.Range(0, 2).Select(_ => _pool.Rent()).ToList();
        Assert.Contains(kept, buffer => buffer.Memory.Span.Overlaps(held.Array));
    }

    [Fact]
    public async Task Half_an_event_is_kept_and_the_buffer_with_it()
    {
        await SendAsync("data: a\n\ndata: b");
        Assert.Equal(StreamSignalKind.Events, (await _reader.NextAsync()).Kind);
        Assert.True(_reader.TryRead(out var raw));
        Assert.True(MemoryMarshal.TryGetArray(raw.First, out var held));
        Assert.False(_reader.TryRead(out _));
        Assert.False(_pool.Rent().Memory.Span.Overlaps(held.Array));

        _time.Pass(Long);
        await SendAsync("c\n\n");
        Assert.Equal(StreamSignalKind.Events, (await _reader.NextAsync()).Kind);
        Assert.True(_reader.TryRead(out raw));
        Assert.Equal("data: bc\n\n"u8, raw.FirstSpan);

        // It holds a buffer as it is: there is nothing to ask first for.
        Assert.Equal([Asked, Size, Size - "data: a\n\ndata: b".Length], _asked.Lengths);
    }

    /// <summary>Whatever comes, half an event is always behind it: what is kept moves to the front, and no larger buffer is needed.</summary>
    [Fact]
    public async Task A_buffer_that_is_never_empty_does_not_grow()
    {
        await SendAsync("data: a");
        for (var round = 0; round < 100; round++)
        {
            await SendAsync("\n\ndata: a");
            Assert.Equal(StreamSignalKind.Events, (await _reader.NextAsync()).Kind);
            Assert.True(_reader.TryRead(out var raw));
            Assert.Equal("data: a\n\n"u8, raw.FirstSpan);
            Assert.False(_reader.TryRead(out _));
        }

        Assert.All(_asked.Lengths, length => Assert.InRange(length, 0, Size));
    }

    [Fact]
    public async Task Disposing_gives_it_back()
    {
        await SendAsync("data: a\n\ndata: b");
        Assert.Equal(StreamSignalKind.Events, (await _reader.NextAsync()).Kind);
        Assert.True(_reader.TryRead(out var raw));
        Assert.True(MemoryMarshal.TryGetArray(raw.First, out var held));

        await _reader.DisposeAsync();

        Assert.True(_pool.Rent().Memory.Span.Overlaps(held.Array));
    }

    private async Task SendAsync(string text = "data: a\n\n") =>
        await _pipe.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    private async Task TakeAsync(Task<StreamSignal> wait)
    {
        Assert.Equal(StreamSignalKind.Events, (await wait.SoonAsync()).Kind);
        Assert.True(_reader.TryRead(out _));
        Assert.False(_reader.TryRead(out _));
    }
}
