using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Tests.Golden;
using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.Readers;

/// <summary>From wherever a reader begins, and wherever the entries come from, it gets exactly the rest of the one event stream.</summary>
public sealed class EventReaderGoldenTests
{
    public static TheoryData<string> Names => GoldenRuns.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task From_every_number_on_the_journal_gives_the_rest(string name)
    {
        var (batches, events) = Load(name);
        var journal = await StoredJournal.OfAsync(batches);
        for (var after = 0; after <= events.Count; after++)
        {
            await CheckAsync(events, after, new EventReader(RunRecording.Id, Read.Follower(journal), null, after));
        }
    }

    /// <summary>Where one batch ends and the next begins means nothing to a reader.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task From_every_number_on_other_batches_give_the_rest(string name)
    {
        var (batches, events) = Load(name);
        var journal = await StoredJournal.OfAsync(batches, regroup: true);
        for (var after = 0; after <= events.Count; after++)
        {
            await CheckAsync(events, after, new EventReader(RunRecording.Id, Read.Follower(journal), null, after));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task From_every_number_on_a_tail_gives_the_rest_however_much_has_left_it(string name)
    {
        var (batches, events) = Load(name);
        var journal = await StoredJournal.OfAsync(batches);
        for (var firstHot = 0; firstHot <= batches.Count; firstHot++)
        {
            var tail = Read.Tail(batches, firstHot);
            for (var after = 0; after <= events.Count; after++)
            {
                await CheckAsync(events, after, new EventReader(RunRecording.Id, Read.Follower(journal, tail: tail), null, after));
            }
        }
    }

    /// <summary>A checkpoint before every entry: the nearest one leads to the same events as the start does.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task From_every_number_on_a_checkpoint_gives_the_rest(string name)
    {
        var (batches, events) = Load(name);
        var cut = StoredJournal.OneByOne(batches);
        var journal = await StoredJournal.OfAsync(cut);
        var tail = Read.Tail(cut, cut.Count / 2);
        for (var after = 1; after <= events.Count; after++)
        {
            var start = await journal.FindCheckpointAsync(RunRecording.Id, after);
            Assert.Equal(start is null, after < cut[1].Checkpoint!.Seq);
            var from = start?.EntryNumber ?? 1;
            await CheckAsync(events, after, new EventReader(RunRecording.Id, Read.Follower(journal, from), start, after));
            await CheckAsync(events, after, new EventReader(RunRecording.Id, Read.Follower(journal, from, tail), start, after));
        }
    }

    /// <summary>Not only the nearest checkpoint: any one before the wanted event.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_checkpoint_gives_the_same_events_as_the_start(string name)
    {
        var (batches, events) = Load(name);
        var cut = StoredJournal.OneByOne(batches);
        var journal = await StoredJournal.OfAsync(batches);
        foreach (var batch in cut.Skip(1))
        {
            var start = new CheckpointPosition(batch.FirstNumber, batch.Checkpoint!);
            await CheckAsync(
                events, (int)start.Checkpoint.Seq, new EventReader(RunRecording.Id, Read.Follower(journal, start.EntryNumber), start, start.Checkpoint.Seq));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Two_readers_of_one_tail_share_a_rendering_and_neither_notices(string name)
    {
        var (batches, events) = Load(name);
        var journal = await StoredJournal.OfAsync(batches);
        var tail = Read.Tail(batches);
        using var first = new EventReader(RunRecording.Id, Read.Follower(journal, tail: tail), null, 0);
        using var second = new EventReader(RunRecording.Id, Read.Follower(journal, tail: tail), null, 0);
        var one = await first.ReadAsync(CancellationToken.None);
        var other = await second.ReadAsync(CancellationToken.None);
        Assert.Equal(one.Bytes, other.Bytes);
        Assert.Equal(string.Concat(events), System.Text.Encoding.UTF8.GetString(one.Bytes.Span) + (await Read.AllAsync(first)).Text);
        Assert.Equal(string.Concat(events), System.Text.Encoding.UTF8.GetString(other.Bytes.Span) + (await Read.AllAsync(second)).Text);
    }

    private static async Task CheckAsync(IReadOnlyList<string> events, int after, EventReader reader)
    {
        using (reader)
        {
            var (text, end) = await Read.AllAsync(reader);
            Assert.Equal(string.Concat(events.Skip(after)), text);
            Assert.Equal(ReaderReadKind.End, end);
        }
    }

    private static (IReadOnlyList<EntryBatch> Batches, IReadOnlyList<string> Events) Load(string name) =>
        (JournalText.Parse(GoldenFiles.Read(name, GoldenFiles.Journal)), ProjectedRun.Split(GoldenFiles.Read(name, GoldenFiles.Events)));
}
