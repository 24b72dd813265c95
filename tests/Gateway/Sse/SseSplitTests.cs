using System.Text;

namespace Orchestrator.Gateway.Tests.Sse;

/// <summary>However a stream is cut into packets, its events are the same.</summary>
public sealed class SseSplitTests
{
    public static TheoryData<string> Names => SseCorpus.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_split_in_two_gives_the_events_of_the_whole(string name)
    {
        var bytes = SseCorpus.Bytes(name);
        for (var at = 0; at <= bytes.Length; at++)
        {
            var taken = await Taken.AllAsync([bytes.AsMemory(0, at), bytes.AsMemory(at)]);
            AssertEvents(bytes, taken, $"split at {at}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_split_in_three_gives_the_events_of_the_whole(string name)
    {
        var bytes = SseCorpus.Bytes(name)[..Math.Min(60, SseCorpus.Bytes(name).Length)];
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                var taken = await Taken.AllAsync([bytes.AsMemory(0, first), bytes.AsMemory(first, second - first), bytes.AsMemory(second)]);
                AssertEvents(bytes, taken, $"split at {first} and {second}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Single_bytes_give_the_events_of_the_whole(string name)
    {
        var bytes = SseCorpus.Bytes(name);
        foreach (var bufferSize in new[] { 1, 2, 3, 16, 4_096 })
        {
            var taken = await Taken.AllAsync(bytes.Select((_, i) => new ReadOnlyMemory<byte>(bytes, i, 1)), bufferSize);
            AssertEvents(bytes, taken, $"buffers of {bufferSize}");
        }
    }

    [Fact]
    public async Task Random_packets_give_the_events_of_the_whole()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var bytes = RandomStream(random);
            var pieces = new List<ReadOnlyMemory<byte>>();
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - at, 1 + random.Next(random.Next(2) == 0 ? 4 : 200));
                pieces.Add(bytes.AsMemory(at, length));
                at += length;
            }

            var bufferSize = 1 << random.Next(13);
            AssertEvents(bytes, await Taken.AllAsync(pieces, bufferSize), $"seed {seed}, round {round}, buffers of {bufferSize}");
        }
    }

    [Fact]
    public async Task The_reference_sees_what_is_written_here()
    {
        // The reference is code too: this one is checked by eye.
        var bytes = Encoding.UTF8.GetBytes("\uFEFF: hi\n\ndata: a\r\rid: 1\r\n\r\n\n: x\ndata: b\n\r\ndata: lost\n");
        string[] expected = ["data: a\r\r", "id: 1\r\n\r\n", ": x\ndata: b\n\r\n"];
        Assert.Equal(expected, ReferenceSse.Events(bytes));
        Assert.Equal(expected, (await Taken.AllAsync([bytes])).Events);
    }

    private static byte[] RandomStream(Random random)
    {
        string[] parts = ["\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "data: x", "data: ä😀", ": ping", ":", "id: 1", "a", "event: e\n", SseCorpus.Mark];
        var text = new StringBuilder();
        for (var i = random.Next(60); i > 0; i--)
        {
            text.Append(parts[random.Next(parts.Length)]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AssertEvents(byte[] bytes, Taken taken, string how)
    {
        var expected = ReferenceSse.Events(bytes);
        Assert.True(
            expected.SequenceEqual(taken.Events, StringComparer.Ordinal) && taken.End.Kind == StreamSignalKind.CleanEnd,
            $"{how}: {Show([Encoding.Latin1.GetString(bytes)])}\nexpected {Show(expected)}\ngot {Show(taken.Events)}, {taken.End}");
    }

    private static string Show(IEnumerable<string> events) => System.Text.Json.JsonSerializer.Serialize(events);
}
