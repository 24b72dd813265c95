using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Golden;
using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.Readers;

/// <summary>From whatever index on, a reader of the upstream's bytes gets exactly the rest of the serving attempt's events.</summary>
public sealed class UpstreamReaderGoldenTests
{
    public static TheoryData<string> Names => GoldenRuns.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task From_every_index_on_the_bytes_are_those_that_came(string name)
    {
        var batches = Load(name);
        var raw = Raw(batches, out var attempt, out var entry);
        foreach (var regroup in (bool[])[false, true])
        {
            var journal = await StoredJournal.OfAsync(batches, regroup);
            for (var from = 0; from <= raw.Count + 1; from++)
            {
                await CheckAsync(raw, from, new UpstreamReader(Read.Follower(journal, entry), attempt, 0, from));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task From_every_index_on_a_tail_gives_them_however_much_has_left_it(string name)
    {
        var batches = Load(name);
        var raw = Raw(batches, out var attempt, out var entry);
        var journal = await StoredJournal.OfAsync(batches);
        for (var firstHot = 0; firstHot <= batches.Count; firstHot++)
        {
            for (var from = 0; from <= raw.Count + 1; from++)
            {
                await CheckAsync(raw, from, new UpstreamReader(Read.Follower(journal, entry, Read.Tail(batches, firstHot)), attempt, 0, from));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task From_the_entry_of_the_index_on_too(string name)
    {
        var batches = Load(name);
        var raw = Raw(batches, out var attempt, out _);
        var state = new RunState();
        foreach (var batch in batches)
        {
            state.Apply(batch);
        }

        if (state.Serving is not { } serving)
        {
            return;
        }

        var journal = await StoredJournal.OfAsync(batches);
        for (var from = 0; from <= raw.Count + 1; from++)
        {
            var reader = new UpstreamReader(
                Read.Follower(journal, serving.EntryOfEvent(from)), attempt, Math.Min(from, serving.Events), from);
            await CheckAsync(raw, from, reader);
        }
    }

    private static async Task CheckAsync(IReadOnlyList<string> raw, int from, UpstreamReader reader)
    {
        using (reader)
        {
            var (text, end) = await Read.AllAsync(reader);
            Assert.Equal(string.Concat(raw.Skip(from)), text);
            Assert.Equal(ReaderReadKind.End, end);
        }
    }

    private static IReadOnlyList<EntryBatch> Load(string name) => JournalText.Parse(GoldenFiles.Read(name, GoldenFiles.Journal));

    /// <summary>Found without the fold: the events after the last attachment.</summary>
    private static List<string> Raw(IReadOnlyList<EntryBatch> batches, out int attempt, out long attached)
    {
        var raw = new List<string>();
        (attempt, attached) = (0, 1);
        foreach (var batch in batches)
        {
            foreach (var entry in batch)
            {
                switch (entry.Kind)
                {
                    case EntryKind.AttemptAttached:
                        (attempt, attached) = (EntryCodec.ReadAttemptAttached(entry.Payload).Attempt, entry.Number);
                        raw.Clear();
                        break;
                    case EntryKind.UpstreamEvent:
                        raw.Add(Encoding.UTF8.GetString(EntryCodec.ReadUpstreamEvent(entry.Payload, out _).Span));
                        break;
                    case EntryKind.AttemptResult:
                        var result = EntryCodec.ReadAttemptResult(entry.Payload);
                        raw.Add(result.IsJson ? $"data: {Encoding.UTF8.GetString(result.Body.Span)}\n\n" : "");
                        break;
                }
            }
        }

        return raw;
    }
}
