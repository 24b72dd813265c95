using System.IO.Pipelines;
using System.Text;
using Orchestrator.Api.Streams;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Readers;

namespace Orchestrator.Api.Tests.Streams;

public sealed class ReaderPumpTests
{
    [Fact]
    public async Task What_is_there_at_once_goes_out_in_one_flush()
    {
        var output = new CountingWriter();
        using var reader = ScriptedReader.Of([.. Enumerable.Repeat("data: x\n\n", 1000)]);
        using var left = new CancellationTokenSource();

        var end = await new ReaderPump(reader, output, default).RunAsync(left);

        Assert.Equal(ReaderReadKind.End, end);
        Assert.Equal(9000, output.Bytes);
        Assert.Equal(1, output.Flushes);
    }

    [Fact]
    public async Task A_backlog_is_flushed_in_pieces()
    {
        var output = new CountingWriter();
        using var reader = ScriptedReader.Of([.. Enumerable.Repeat(new string('x', 16 * 1024), 40)]);
        using var left = new CancellationTokenSource();

        await new ReaderPump(reader, output, default).RunAsync(left);

        Assert.Equal(10, output.Flushes);
    }

    [Fact]
    public async Task Nothing_is_read_ahead_for_a_connection_that_takes_nothing()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1024, resumeWriterThreshold: 512));
        using var reader = ScriptedReader.Of([.. Enumerable.Repeat(new string('x', 64 * 1024), 50)]);
        using var left = new CancellationTokenSource();

        var pumping = new ReaderPump(reader, pipe.Writer, default).RunAsync(left);

        // The pump stands in its first flush, with the one read that it began before it.
        Assert.False(pumping.IsCompleted);
        Assert.Equal(2, reader.Count);
        await pipe.Reader.CompleteAsync();
        Assert.Equal(ReaderReadKind.Moved, await pumping.WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.False(reader.WasMisused);
    }

    [Fact]
    public async Task A_flush_that_hangs_ends_when_the_client_has_gone()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 16, resumeWriterThreshold: 8));
        using var reader = new ScriptedReader();
        reader.Data(new string('x', 1000));
        using var left = new CancellationTokenSource();
        var pumping = new ReaderPump(reader, pipe.Writer, default).RunAsync(left);

        await left.CancelAsync();

        Assert.Equal(ReaderReadKind.Moved, await pumping.WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.False(reader.WasMisused);
    }

    [Fact]
    public async Task Passing_on_allocates_nothing_per_read()
    {
        var bytes = Encoding.UTF8.GetBytes("id: 1\nevent: output.delta\ndata: {\"seq\":1,\"text\":\"Hello\"}\n\n");
        await MeasureAsync(new RepeatingReader(bytes, 1000));

        var few = await MeasureAsync(new RepeatingReader(bytes, 1000));
        var many = await MeasureAsync(new RepeatingReader(bytes, 200_000));

        // Not zero: the runtime compiles the loop anew while it runs.
        Assert.True(many - few < 199_000, $"{many - few} bytes for 199,000 more reads");
    }

    private static async Task<long> MeasureAsync(IRunReader reader)
    {
        var output = new CountingWriter();
        using var left = new CancellationTokenSource();
        var before = GC.GetAllocatedBytesForCurrentThread();
        await new ReaderPump(reader, output, default).RunAsync(left);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class RepeatingReader(byte[] bytes, int count) : IRunReader
    {
        private int _left = count;

        public ValueTask<ReaderRead> ReadAsync(CancellationToken cancellationToken) =>
            new(_left-- > 0 ? new ReaderRead(ReaderReadKind.Data, bytes) : new ReaderRead(ReaderReadKind.End, default));

        public void Dispose()
        {
        }
    }

    /// <summary>Takes everything at once.</summary>
    private sealed class CountingWriter : PipeWriter
    {
        private readonly byte[] _buffer = new byte[128 * 1024];

        public long Bytes { get; private set; }

        public int Flushes { get; private set; }

        public override void Advance(int bytes) => Bytes += bytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Flushes++;
            return new(new FlushResult(isCanceled: false, isCompleted: false));
        }
    }
}
