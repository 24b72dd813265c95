using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Engine.Tests.Readers;

/// <summary>Where a reader's entries come from: behind the tail, in it, at its end, and after it.</summary>
public sealed class EntryFollowerTests
{
    private readonly IReadOnlyList<EntryBatch> _batches = RunRecording.Of(new RunSpec { Model = "openai/a" })
        .Dispatch()
        .Attach(WireFormat.OpenAi).Take(Wire.OpenAi("one"), Wire.OpenAi("two")).Commit()
        .Take(Wire.OpenAi("three")).Commit()
        .Take(Wire.Done).Commit()
        .Batches;

    private static IReadOnlyList<EntryBatch> Finished { get; } = RunRecording.Of(new RunSpec { Model = "openai/a" })
        .Dispatch()
        .Attach(WireFormat.OpenAi).Take(Wire.OpenAi("one"), Wire.Done).Commit()
        .End(RunStatus.Completed).Commit()
        .Batches;

    [Fact]
    public async Task What_has_left_the_tail_comes_from_the_journal_and_the_rest_from_memory()
    {
        var journal = await StoredJournal.OfAsync(_batches);
        using var follower = Read.Follower(journal, from: 4, Read.Tail(_batches, firstHot: 2, TailEnd.Open));
        var old = await follower.ReadAsync(CancellationToken.None);
        Assert.Equal((ReaderReadKind.Data, 4L, 5L), (old.Kind, old.From, old.Batch!.LastNumber));
        Assert.Null(old.Hot);
        await ReadToAsync(follower, 7);
        Assert.False(follower.ReadAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task What_is_in_the_tail_is_not_read_from_the_journal()
    {
        using var follower = Read.Follower(new MemoryJournal(), from: 6, Read.Tail(_batches, firstHot: 2));
        var read = await follower.ReadAsync(CancellationToken.None);
        Assert.Same(_batches[2], read.Batch);
        Assert.NotNull(read.Hot);
        Assert.Equal(7, (await follower.ReadAsync(CancellationToken.None)).From);
        Assert.Equal(ReaderReadKind.End, (await follower.ReadAsync(CancellationToken.None)).Kind);
    }

    /// <summary>A host that has just taken the run has nothing of it in memory.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task With_an_empty_tail_everything_to_its_last_entry_comes_from_the_journal(long from)
    {
        var journal = await StoredJournal.OfAsync(_batches);
        using var follower = Read.Follower(journal, from, Read.Tail(_batches, _batches.Count, TailEnd.Open));
        while (follower.Position <= 7)
        {
            var read = follower.ReadAsync(CancellationToken.None);
            Assert.True(read.IsCompleted);
            Assert.Null((await read).Hot);
        }

        Assert.False(follower.ReadAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task At_the_end_it_waits_for_the_next_commit()
    {
        var journal = await StoredJournal.OfAsync(_batches.Take(2));
        var tail = Read.Tail([.. _batches.Take(2)], end: TailEnd.Open);
        using var follower = Read.Follower(journal, from: 6, tail);
        var wait = follower.ReadAsync(CancellationToken.None).AsTask();
        Assert.False(wait.IsCompleted);
        tail.Publish(_batches[2]);
        Assert.Same(_batches[2], (await wait).Batch);
        wait = follower.ReadAsync(CancellationToken.None).AsTask();
        tail.Close(TailEnd.Moved);
        Assert.Equal(ReaderReadKind.Moved, (await wait).Kind);
    }

    [Fact]
    public async Task A_number_in_the_middle_of_a_batch_gives_the_batch_and_says_where_it_begins()
    {
        using var follower = Read.Follower(new MemoryJournal(), from: 5, Read.Tail(_batches));
        var read = await follower.ReadAsync(CancellationToken.None);
        Assert.Equal((5L, 3L), (read.From, read.Batch!.FirstNumber));
        Assert.Equal(6, follower.Position);
    }

    [Theory]
    [InlineData(false, nameof(ReaderReadKind.End))]
    [InlineData(true, nameof(ReaderReadKind.Moved))]
    public async Task Without_a_tail_the_end_of_what_is_stored_is_the_end_of_a_finished_run_only(bool unfinished, string end)
    {
        var journal = await StoredJournal.OfAsync(_batches);
        using var follower = Read.Follower(journal, unfinished: unfinished);
        await ReadToAsync(follower, 7);
        Assert.Equal(end, (await follower.ReadAsync(CancellationToken.None)).Kind.ToString());
    }

    [Fact]
    public async Task A_run_that_is_removed_under_its_reader_is_no_end()
    {
        using var follower = Read.Follower(new MemoryJournal(), from: 1, Read.Tail(_batches, firstHot: 2));
        Assert.Equal(ReaderReadKind.Moved, (await follower.ReadAsync(CancellationToken.None)).Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_finished_run_that_is_removed_under_its_reader_is_no_end(long from)
    {
        var journal = await StoredJournal.OfAsync(Finished);
        using var follower = Read.Follower(journal, from);
        Assert.True(await journal.DeleteAsync(RunRecording.Id));
        Assert.Equal(ReaderReadKind.Moved, (await follower.ReadAsync(CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task A_finished_run_that_is_there_ends_also_where_nothing_is_left_of_it()
    {
        using var follower = Read.Follower(await StoredJournal.OfAsync(Finished), from: Finished[^1].LastNumber + 1);
        Assert.Equal(ReaderReadKind.End, (await follower.ReadAsync(CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task Silence_is_told_after_each_keep_alive_interval()
    {
        var clock = new ManualClock();
        var tail = Read.Tail(_batches, end: TailEnd.Open);
        using var follower = new EntryFollower(new MemoryJournal(), RunRecording.Id, 8, tail, false, clock, TimeSpan.FromSeconds(15));
        for (var i = 0; i < 3; i++)
        {
            var wait = follower.ReadAsync(CancellationToken.None).AsTask();
            clock.AdvanceMs(14_999);
            Assert.False(wait.IsCompleted);
            clock.AdvanceMs(1);
            Assert.Equal(ReaderReadKind.Quiet, (await wait).Kind);
        }
    }

    [Fact]
    public async Task A_reader_that_leaves_in_the_middle_closes_its_read_of_the_journal()
    {
        var journal = await StoredJournal.OfAsync(_batches);
        var follower = Read.Follower(journal);
        await follower.ReadAsync(CancellationToken.None);
        Assert.Equal(1, journal.Store.OpenReads);
        follower.Dispose();
        Assert.Equal(0, journal.Store.OpenReads);
    }

    private static async Task ReadToAsync(EntryFollower follower, long last)
    {
        while (follower.Position <= last)
        {
            Assert.Equal(ReaderReadKind.Data, (await follower.ReadAsync(CancellationToken.None)).Kind);
        }
    }
}
