namespace Orchestrator.Gateway.Tests.Http;

public sealed class StreamBuffersTests
{
    [Fact]
    public void A_buffer_that_came_back_is_handed_out_once()
    {
        var buffers = new StreamBuffers();
        var buffer = buffers.Rent();
        buffer.Dispose();
        buffer.Dispose();

        var again = buffers.Rent(1);
        Assert.Same(buffer, again);
        Assert.NotSame(again, buffers.Rent(1));
    }

    [Fact]
    public void A_thousand_at_a_time_come_from_what_was_kept()
    {
        var buffers = new StreamBuffers();
        var rented = Enumerable.Range(0, 1_000).Select(_ => buffers.Rent()).ToHashSet();
        foreach (var buffer in rented)
        {
            buffer.Dispose();
        }

        Assert.All(Enumerable.Range(0, 1_000).Select(_ => buffers.Rent()), again => Assert.True(rented.Remove(again)));
    }

    [Fact]
    public void Each_is_as_large_as_the_largest()
    {
        var buffers = new StreamBuffers();
        Assert.Equal(buffers.MaxBufferSize, buffers.Rent(1).Memory.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffers.Rent(buffers.MaxBufferSize + 1));
    }
}
