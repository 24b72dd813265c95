using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public abstract partial class JournalConformance
{
    [Fact]
    public async Task Entries_are_read_in_order_without_gaps()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process, entries: 3);
        for (var count = 1; count <= 20; count++)
        {
            await writer.AppendAsync(run.Next(writer, count));
        }

        Assert.Equal(213, writer.LastNumber);
        Assert.Equal(213, await run.ReadAsync(process));
        Assert.Equal(213, await run.ReadAsync(process, from: 100));
        Assert.Equal(213, await run.ReadAsync(process, from: 214));
    }

    [Fact]
    public async Task Many_runs_append_at_once_and_keep_their_own_entries()
    {
        var process = await Site.StartAsync();
        var runs = Enumerable.Range(0, 50).Select(_ => new TestRun()).ToList();
        await Task.WhenAll(runs.Select(async run =>
        {
            var writer = await run.CreateAsync(process);
            for (var i = 1; i <= 20; i++)
            {
                await writer.AppendAsync(run.Next(writer, i % 3 + 1));
            }
        }));
        foreach (var run in runs)
        {
            Assert.Equal(42, await run.ReadAsync(process));
        }
    }

    [Fact]
    public async Task A_new_run_is_owned_at_epoch_1_and_was_not_taken_over()
    {
        var process = await Site.StartAsync();
        var writer = await new TestRun().CreateAsync(process, entries: 2);
        Assert.Equal((1, 2, false), (writer.Epoch, writer.LastNumber, writer.TakenOver));
    }

    [Fact]
    public async Task A_batch_that_does_not_follow_is_refused()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.AppendAsync(run.Batch(3, 1)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.AppendAsync(run.Batch(1, 1)));
        await writer.AppendAsync(run.Batch(2, 1));
        Assert.Equal(2, await run.ReadAsync(process));
    }

    [Fact]
    public async Task An_ended_run_takes_no_entries_and_can_not_be_opened()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await run.EndAsync(writer);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.AppendAsync(run.Next(writer)));
        Assert.Null(await process.Journal.OpenAsync(run.Id));
        Assert.Equal(RunStatus.Completed, (await process.Journal.FindAsync(run.Id))!.Status);
        Assert.Equal(2, await run.ReadAsync(process));
    }

    [Fact]
    public async Task An_unknown_run_has_no_entries_no_row_and_no_writer()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        Assert.Equal(0, await run.ReadAsync(process));
        Assert.Null(await process.Journal.FindAsync(run.Id));
        Assert.Null(await process.Journal.OpenAsync(run.Id));
        Assert.Null(await process.Journal.FindCheckpointAsync(run.Id, 10));
        Assert.False(await process.Journal.DeleteAsync(run.Id));
    }

    [Fact]
    public async Task A_second_run_of_the_same_id_is_refused_and_changes_nothing()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var other = new TestRun();
        await run.CreateAsync(process, entries: 2);
        var both = await Task.WhenAll(
            Record.ExceptionAsync(async () => await process.Journal.CreateAsync(new NewRun(run.Summary), run.Batch(1, 5))).AsTask(),
            Record.ExceptionAsync(async () => await other.CreateAsync(process)).AsTask());
        Assert.IsType<ArgumentException>(both[0]);
        Assert.Null(both[1]);
        Assert.Equal(2, await run.ReadAsync(process));
    }

    [Fact]
    public async Task Reading_while_appending_sees_a_growing_prefix()
    {
        var process = await Site.StartAsync(new JournalOptions { SegmentBytes = 4096, GatherDelay = TimeSpan.Zero });
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        var reading = Task.Run(async () =>
        {
            var last = 0L;
            while (last < 500)
            {
                var seen = await run.ReadAsync(process);
                Assert.True(seen >= last);
                last = seen;
            }
        });
        while (writer.LastNumber < 500)
        {
            await writer.AppendAsync(run.Next(writer));
        }

        await reading;
    }

    [Fact]
    public async Task A_run_of_100_000_events_is_read_whole_and_from_anywhere()
    {
        var process = await Site.StartAsync(new JournalOptions { SegmentBytes = 1 << 20, GatherDelay = TimeSpan.Zero });
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        while (writer.LastNumber < 100_000)
        {
            await writer.AppendAsync(run.Next(writer, (int)Math.Min(250, 100_000 - writer.LastNumber)));
        }

        await run.EndAsync(writer);
        foreach (var from in (long[])[1, 2, 50_000, 99_999, 100_001])
        {
            Assert.Equal(100_001, await run.ReadAsync(process, from));
        }
    }

    [Fact]
    public async Task Events_of_several_megabytes_are_kept()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var small = new TestRun();
        var writer = await run.CreateAsync(process);
        var beside = await small.CreateAsync(process);
        await Task.WhenAll(
            writer.AppendAsync(run.Batch(2, 3, padding: 3 << 20)).AsTask(),
            beside.AppendAsync(small.Next(beside)).AsTask());
        await writer.AppendAsync(run.Next(writer));
        process.Crash();
        var after = await Site.StartAsync();
        await after.OpenAsync(run.Id);
        Assert.Equal(5, await run.ReadAsync(after));
        Assert.Equal(2, await small.ReadAsync(after));
    }

    [Fact]
    public async Task The_last_checkpoint_up_to_a_seq_is_found()
    {
        var process = await Site.StartAsync(new JournalOptions { SegmentBytes = 8192, ChunkBytes = 2048, GatherDelay = TimeSpan.Zero });
        var run = new TestRun();
        var writer = await run.CreateAsync(process, entries: 9);
        for (var i = 1; i <= 40; i++)
        {
            await writer.AppendAsync(run.Batch(writer.LastNumber + 1, 1, new Checkpoint(i * 100, new[] { (byte)i })));
            await writer.AppendAsync(run.Next(writer, 9));
        }

        await CheckAsync(process);
        await run.EndAsync(writer);
        await process.DisposeAsync();
        await CheckAsync(await Site.StartAsync());

        async Task CheckAsync(JournalProcess reader)
        {
            await run.ReadAsync(reader);
            Assert.Null(await reader.Journal.FindCheckpointAsync(run.Id, 99));
            for (var i = 1; i <= 40; i++)
            {
                var found = await reader.Journal.FindCheckpointAsync(run.Id, (i * 100) + 50);
                Assert.Equal((i * 10, i * 100), (found!.EntryNumber, found.Checkpoint.Seq));
                Assert.Equal([(byte)i], found.Checkpoint.State.ToArray());
            }
        }
    }
}
