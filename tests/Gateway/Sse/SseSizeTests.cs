using System.Text;

namespace Orchestrator.Gateway.Tests.Sse;

public sealed class SseSizeTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(64)]
    [InlineData(1_460)]
    [InlineData(65_536)]
    public async Task Large_events_come_whole_and_in_linear_time(int packet)
    {
        var bytes = Encoding.UTF8.GetBytes("data: " + new string('x', 12 * MiB) + "\n\ndata: " + new string('y', 3 * MiB) + "\r\n\r\n");
        var before = Environment.CpuUsage.UserTime;
        var taken = await Taken.AllAsync(bytes.Chunk(packet).Select(piece => new ReadOnlyMemory<byte>(piece)), bufferSize: 16 * 1024);
        var used = Environment.CpuUsage.UserTime - before;

        // Processor time: it is about a second, also on a machine that has none to spare. Scanned from the start at each packet of 64
        // bytes it would be more than a terabyte.
        Assert.True(used < TimeSpan.FromSeconds(20), $"used {used}");
        Assert.Equal(ReferenceSse.Events(bytes), taken.Events);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task An_event_of_exactly_the_limit_is_taken_and_a_byte_more_breaks_the_stream(int packet)
    {
        const string Fits = "data: 89\r\n\r\n";
        var options = new SseReaderOptions { MaxEventBytes = Fits.Length };

        var fits = await AllAsync(Fits + Fits, packet, options);
        var tooLarge = await AllAsync(Fits + "data: 890\r\n\r\n" + Fits, packet, options);

        Assert.Equal([Fits, Fits], fits.Events);
        Assert.Equal(StreamSignalKind.CleanEnd, fits.End.Kind);
        Assert.Equal([Fits], tooLarge.Events);
        Assert.Equal(StreamSignalKind.Broken, tooLarge.End.Kind);
        Assert.Equal(ErrorCodes.EventTooLarge, tooLarge.End.Error!.Code);
        Assert.False(tooLarge.End.Error.Recoverable);
    }

    [Theory]
    [InlineData("data: never ends ")]
    [InlineData(": nor does a comment ")]
    public async Task A_block_without_end_does_not_fill_the_memory(string block)
    {
        var options = new SseReaderOptions { MaxEventBytes = 1_000 };
        var endless = Enumerable.Repeat(new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(block)), 1_000);

        var taken = await Taken.AllAsync(endless, options: options);

        Assert.Equal(ErrorCodes.EventTooLarge, taken.End.Error!.Code);
    }

    private static Task<Taken> AllAsync(string text, int packet, SseReaderOptions options) =>
        Taken.AllAsync(Encoding.UTF8.GetBytes(text).Chunk(packet).Select(piece => new ReadOnlyMemory<byte>(piece)), options: options);
}
