using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Orchestrator.Gateway.Tests.Sse;

/// <summary>When a wait completes while the stream goes on, and how it is cut short.</summary>
public sealed class SseLivenessTests
{
    private readonly Pipe _pipe = new();

    [Theory]
    [InlineData("data: a\n\n")]
    [InlineData("data: a\r\n\r\n")]
    [InlineData("data: a\r\n\n")]
    [InlineData("data: a\n\r\n")]
    [InlineData("data: a\r\rd")]
    public async Task An_event_is_handed_out_with_its_last_byte(string sent)
    {
        await using var reader = new SseEventReader(_pipe.Reader.AsStream());
        var wait = reader.WaitAsync(CancellationToken.None).AsTask();
        for (var i = 0; i < sent.Length; i++)
        {
            Assert.False(wait.IsCompleted, $"completed after {i} bytes");
            await SendAsync(sent[i..(i + 1)]);
        }

        Assert.Equal(StreamSignalKind.Events, (await wait.SoonAsync()).Kind);
        Assert.True(reader.TryRead(out var raw));
        Assert.Equal(sent.TrimEnd('d'), Encoding.UTF8.GetString(raw.ToArray()));
    }

    [Fact]
    public async Task Keep_alives_do_not_end_a_wait()
    {
        await using var reader = new SseEventReader(_pipe.Reader.AsStream());
        var wait = reader.WaitAsync(CancellationToken.None).AsTask();

        await SendAsync(": ping\n\n");
        await SendAsync("\n\n: ping\r\n\r\n");
        Assert.False(wait.IsCompleted);

        await SendAsync("data: a\n\n");
        Assert.Equal(StreamSignalKind.Events, (await wait.SoonAsync()).Kind);
    }

    [Fact]
    public async Task Cancelling_a_wait_throws_and_loses_nothing()
    {
        await using var reader = new SseEventReader(_pipe.Reader.AsStream());
        await SendAsync("data: a");
        using var cancel = new CancellationTokenSource();
        var wait = reader.WaitAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.SoonAsync());
        Assert.Equal(cancel.Token, thrown.CancellationToken);

        await SendAsync("b\n\n");
        Assert.Equal(["data: ab\n\n"], await Taking(reader, 1));
    }

    [Fact]
    public async Task A_connection_fault_that_comes_of_the_callers_cancellation_is_the_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var torn = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var reader = new SseEventReader(new GatedStream(torn.Task));
        var wait = reader.WaitAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();
        torn.SetException(new IOException("aborted"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.SoonAsync());
    }

    [Fact]
    public async Task Disposing_under_a_wait_is_no_failure_of_the_other_side()
    {
        var reader = new SseEventReader(_pipe.Reader.AsStream(), options: null, owner: new Breaker(_pipe.Writer), TimeProvider.System);
        var wait = reader.WaitAsync(CancellationToken.None).AsTask();

        await reader.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait.SoonAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.WaitAsync(CancellationToken.None));
        await reader.DisposeAsync();
    }

    private async Task SendAsync(string text) => await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<List<string>> Taking(SseEventReader reader, int count)
    {
        var events = new List<string>();
        while (events.Count < count)
        {
            Assert.Equal(StreamSignalKind.Events, (await reader.NextAsync()).Kind);
            while (reader.TryRead(out var raw))
            {
                events.Add(Encoding.UTF8.GetString(raw.ToArray()));
            }
        }

        return events;
    }

    private sealed class Breaker(PipeWriter writer) : IDisposable
    {
        public void Dispose() => writer.Complete(new IOException("aborted"));
    }
}
