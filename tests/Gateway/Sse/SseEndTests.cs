using System.Net.Http;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Gateway.Tests.Sse;

/// <summary>How a stream ends, and what is handed out before that is told.</summary>
public sealed class SseEndTests
{
    public static TheoryData<string> Names => SseCorpus.Names;

    public static TheoryData<Exception> Faults =>
    [
        new IOException("reset"),
        new HttpRequestException("gone"),
        new HttpIOException(HttpRequestError.ResponseEnded, "ended"),
        new SocketException((int)SocketError.ConnectionReset),
        new OperationCanceledException("not ours"),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_broken_connection_is_a_value_after_the_complete_events(Exception fault)
    {
        var taken = await Taken.AllAsync([Utf8("data: a\n\ndata: b\n\ndata: c")], failure: fault);

        Assert.Equal(["data: a\n\n", "data: b\n\n"], taken.Events);
        Assert.Equal(StreamSignalKind.Broken, taken.End.Kind);
        Assert.Equal(ErrorCodes.GatewayError, taken.End.Error!.Code);
        Assert.True(taken.End.Error.Recoverable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_break_at_any_byte_gives_a_prefix_of_the_events_and_nothing_else(string name)
    {
        var bytes = SseCorpus.Bytes(name);
        var whole = ReferenceSse.Events(bytes);
        for (var at = 0; at <= bytes.Length; at++)
        {
            var taken = await Taken.AllAsync([bytes.AsMemory(0, at)], failure: new IOException("reset"));

            Assert.Equal([.. whole.Take(taken.Events.Count)], taken.Events);
            Assert.Equal(StreamSignalKind.Broken, taken.End.Kind);
        }
    }

    /// <summary>No blank line, no event, though the connection ended in order: its data may be half of what was meant.</summary>
    [Theory]
    [InlineData("data: b")]
    [InlineData("data: b\n")]
    [InlineData("data: b\r\n")]
    [InlineData(": ping\ndata: b\n: ping")]
    public async Task An_unterminated_last_event_is_none_at_a_clean_end(string last)
    {
        var taken = await Taken.AllAsync([Utf8("data: a\n\n" + last)]);

        Assert.Equal(["data: a\n\n"], taken.Events);
        Assert.Equal(StreamSignalKind.CleanEnd, taken.End.Kind);
    }

    [Fact]
    public async Task An_event_that_may_still_get_its_LF_is_not_taken_from_a_broken_connection()
    {
        var bytes = Utf8("data: a\r\n\r");

        Assert.Empty((await Taken.AllAsync([bytes], failure: new IOException("reset"))).Events);
        Assert.Equal(["data: a\r\n\r"], (await Taken.AllAsync([bytes])).Events);
    }

    [Fact]
    public async Task The_end_is_told_again()
    {
        await using var reader = new SseEventReader(new PiecesStream([Utf8("data: a\n\n")], new IOException("reset")));
        var taken = await Taken.AllAsync(reader);

        Assert.Equal(taken.End, await reader.WaitAsync(CancellationToken.None));
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public async Task Events_not_taken_are_signalled_again_before_the_end()
    {
        await using var reader = new SseEventReader(new PiecesStream([Utf8("data: a\n\ndata: b\n\n")]));

        Assert.Equal(StreamSignalKind.Events, (await reader.WaitAsync(CancellationToken.None)).Kind);
        Assert.True(reader.TryRead(out _));
        Assert.Equal(StreamSignalKind.Events, (await reader.WaitAsync(CancellationToken.None)).Kind);
        Assert.True(reader.TryRead(out _));
        Assert.False(reader.TryRead(out _));
        Assert.Equal(StreamSignalKind.CleanEnd, (await reader.WaitAsync(CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task An_exception_that_is_no_connection_fault_is_a_bug_and_thrown()
    {
        await using var reader = new SseEventReader(new PiecesStream([], new InvalidDataException("bug")));

        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.WaitAsync(CancellationToken.None));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
