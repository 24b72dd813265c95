using System.Text;

namespace Orchestrator.Gateway.Tests.Wires;

/// <summary>Every wire gives the one normalised output: text, reasoning, tool calls, usage, finish reason.</summary>
public sealed class FixtureTests
{
    [Theory]
    [MemberData(nameof(Fixture.Names), MemberType = typeof(Fixture))]
    public async Task An_answer_adds_up_to_what_is_expected(string name)
    {
        var fixture = Fixture.Read(name);
        var output = fixture.IsStream
            ? Normalised.Of(fixture.Wire, await EventsAsync([fixture.Bytes]))
            : Normalised.Of(fixture.Wire, fixture.Bytes);

        Assert.Equal(fixture.Expected, output);
    }

    [Theory]
    [MemberData(nameof(Fixture.Streams), MemberType = typeof(Fixture))]
    public async Task However_its_packets_are_cut_it_adds_up_to_the_same(string name)
    {
        var fixture = Fixture.Read(name);
        var bytes = fixture.Bytes;
        for (var at = 0; at <= bytes.Length; at += 1 + (bytes.Length / 500))
        {
            var events = await EventsAsync([bytes.AsMemory(0, at), bytes.AsMemory(at)]);
            Assert.Equal((at, fixture.Expected), (at, Normalised.Of(fixture.Wire, events)));
        }
    }

    [Theory]
    [MemberData(nameof(Fixture.Streams), MemberType = typeof(Fixture))]
    public async Task However_its_deltas_are_cut_it_adds_up_to_the_same(string name)
    {
        var fixture = Fixture.Read(name);
        foreach (var events in DeltaSplits.Of(fixture.Wire, await EventsAsync([fixture.Bytes])))
        {
            Assert.Equal(fixture.Expected, Normalised.Of(fixture.Wire, events));
        }
    }

    private static async Task<IReadOnlyList<byte[]>> EventsAsync(IEnumerable<ReadOnlyMemory<byte>> pieces) =>
        [.. (await Taken.AllAsync(pieces)).Events.Select(Encoding.Latin1.GetBytes)];
}
