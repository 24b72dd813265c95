using Orchestrator.Engine.Entries;
using Orchestrator.Simulation.Tests.Clients;

namespace Orchestrator.Simulation.Tests.Checks;

/// <summary>Each connection of a reader of the upstream's bytes gave those of one attempt, and all of them where it was told so.</summary>
internal sealed class StreamChecks(World world, StreamClient client)
{
    private readonly Dictionary<int, List<ReadOnlyMemory<byte>>> _attempts = [];

    public void Run()
    {
        Collect();
        var record = client.Record;
        foreach (var (from, bytes, ended) in client.Connections)
        {
            world.Check(
                bytes.Length == 0 || _attempts.Values.Any(events => IsPart(events, from, bytes, whole: false)),
                $"{record.Id}: the stream from {from} gave {bytes.Length} bytes of no attempt");
            var serving = record.State.Serving?.Number ?? 0;
            world.Check(
                !ended || IsPart(_attempts.GetValueOrDefault(serving, []), from, bytes, whole: true),
                $"{record.Id}: the stream from {from} ended, and is not the serving attempt's");
        }
    }

    private void Collect()
    {
        foreach (var batch in client.Record.Batches)
        {
            foreach (var entry in batch)
            {
                if (entry.Kind == EntryKind.UpstreamEvent)
                {
                    var raw = EntryCodec.ReadUpstreamEvent(entry.Payload, out var attempt);
                    EventsOf(attempt).Add(raw);
                }
                else if (entry.Kind == EntryKind.AttemptResult)
                {
                    var result = EntryCodec.ReadAttemptResult(entry.Payload);
                    EventsOf(result.Attempt).Add(result.IsJson ? (byte[])[.. "data: "u8, .. result.Body.Span, .. "\n\n"u8] : []);
                }
            }
        }
    }

    private List<ReadOnlyMemory<byte>> EventsOf(int attempt)
    {
        if (!_attempts.TryGetValue(attempt, out var events))
        {
            _attempts.Add(attempt, events = []);
        }

        return events;
    }

    private static bool IsPart(List<ReadOnlyMemory<byte>> events, int from, byte[] bytes, bool whole)
    {
        var expected = events.Skip(from).SelectMany(static raw => raw.ToArray()).ToArray();
        return whole ? expected.AsSpan().SequenceEqual(bytes) : expected.AsSpan().StartsWith(bytes);
    }
}
