using System.Text;
using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public abstract partial class JournalConformance
{
    private static readonly JournalOptions SmallSegments = new() { SegmentBytes = 2000, ChunkBytes = 600, GatherDelay = TimeSpan.Zero };

    [Fact]
    public async Task Compacted_runs_read_the_same_active_or_ended()
    {
        var process = await Site.StartAsync(SmallSegments);
        var runs = Enumerable.Range(0, 5).Select(_ => new TestRun()).ToList();
        var writers = await Task.WhenAll(runs.Select(run => run.CreateAsync(process)));
        var dropped = process.NextGate("after DropSegmentAsync");
        for (var i = 0; i < 60; i++)
        {
            await Task.WhenAll(runs.Zip(writers).Select(pair => pair.Second.AppendAsync(pair.First.Next(pair.Second, 2)).AsTask()));
        }

        await dropped;
        await runs[0].EndAsync(writers[0]);
        var other = await Site.StartAsync();
        foreach (var reader in (JournalProcess[])[process, other])
        {
            Assert.Equal(122, await runs[0].ReadAsync(reader));
            for (var from = 1; from <= 121; from += 13)
            {
                Assert.Equal(121, await runs[1].ReadAsync(reader, from));
            }
        }
    }

    [Fact]
    public async Task Readers_see_no_gap_and_no_double_while_segments_are_compacted()
    {
        var process = await Site.StartAsync(SmallSegments);
        var other = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        var readers = ((JournalProcess[])[process, other]).Select(reader => Task.Run(async () =>
        {
            var last = 0L;
            while (last < 301)
            {
                var seen = await run.ReadAsync(reader, from: Math.Max(1, last - 200));
                Assert.True(seen >= last, $"{seen} after {last}");
                last = seen;
            }
        })).ToList();
        while (writer.LastNumber < 301)
        {
            await writer.AppendAsync(run.Next(writer, 3));
        }

        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_dead_writers_log_is_compacted_after_its_runs_are_taken()
    {
        var dead = await Site.StartAsync();
        var run = new TestRun();
        var secret = Encoding.UTF8.GetBytes($"{run.Id}:1;");
        await run.CreateAsync(dead);
        dead.Crash();
        var process = await Site.StartAsync();
        var dropped = process.NextGate("after DropSegmentAsync");
        var writer = await process.OpenAsync(run.Id);
        await dropped;
        await writer.AppendAsync(run.Next(writer));
        Assert.Equal(2, await run.ReadAsync(process));
        Assert.True(await Site.HoldsAsync(secret));
    }

    [Fact]
    public async Task A_run_is_found_whose_entries_move_from_the_log_to_its_file_while_it_is_taken()
    {
        var dead = await Site.StartAsync();
        var run = new TestRun();
        var first = new TestRun();
        await run.CreateAsync(dead, entries: 3);
        await first.CreateAsync(dead);
        dead.Crash();

        var process = await Site.StartAsync();
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dropped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var takeovers = 0;
        process.Storage.OnGate = async gate =>
        {
            if (gate == "before WriteChunksAsync")
            {
                await looked.Task;
            }
            else if (gate == "after FindLastNumbersAsync" && Interlocked.Increment(ref takeovers) == 2)
            {
                looked.SetResult();
                await dropped.Task;
            }
        };
        process.Storage.Passed = gate =>
        {
            if (gate == "after DropSegmentAsync")
            {
                dropped.TrySetResult();
            }
        };

        // The first takeover starts the compaction of the dead writer's segment, which goes on during the second.
        await process.OpenAsync(first.Id);
        var writer = await process.OpenAsync(run.Id);
        Assert.Equal(3, writer.LastNumber);
        Assert.Equal(3, await run.ReadAsync(process));
    }

    [Fact]
    public async Task A_fenced_writer_reads_its_compacted_segment_from_the_runs_files()
    {
        var fenced = await Site.StartAsync();
        var taker = await Site.StartAsync();
        var run = new TestRun();
        var taken = new TestRun();
        var writer = await run.CreateAsync(fenced);
        await writer.AppendAsync(run.Next(writer, 4));
        await taken.CreateAsync(fenced);
        var dropped = taker.NextGate("after DropSegmentAsync");
        await taker.OpenAsync(taken.Id);
        await dropped;

        // The writer does not know yet that its segment is sealed and gone.
        Assert.Equal(5, await run.ReadAsync(fenced));
        await writer.AppendAsync(run.Next(writer));
        Assert.Equal(6, await run.ReadAsync(fenced));
        Assert.Equal(6, await run.ReadAsync(taker));
    }

    [Fact]
    public async Task Left_over_segments_are_adopted()
    {
        var dead = await Site.StartAsync();
        var run = new TestRun();
        await run.EndAsync(await run.CreateAsync(dead));
        dead.Crash();

        // Nobody opens anything, as the run has ended: the segment stays open until it has been idle for long.
        var process = await Site.StartAsync();
        var dropped = process.NextGate("after DropSegmentAsync");
        _ = process.Journal.Health;
        for (var i = 0; i < 150 && !dropped.IsCompleted; i++)
        {
            var listed = process.NextGate("after ListSegmentsAsync");
            Site.Time.Advance(TimeSpan.FromSeconds(5));
            await listed;
        }

        await dropped;
        Assert.Equal(2, await run.ReadAsync(process));
        Assert.Empty(await process.Storage.ListSegmentsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_live_writer_whose_idle_segment_was_sealed_goes_on()
    {
        var idle = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(idle);
        var process = await Site.StartAsync();
        _ = process.Journal.Health;
        var dropped = process.NextGate("after DropSegmentAsync");
        for (var i = 0; i < 150 && !dropped.IsCompleted; i++)
        {
            var listed = process.NextGate("after ListSegmentsAsync");
            Site.Time.Advance(TimeSpan.FromSeconds(5));
            await listed;
        }

        await dropped;
        await writer.AppendAsync(run.Next(writer));
        Assert.Equal(2, await run.ReadAsync(idle));
        Assert.Equal(2, await run.ReadAsync(process));
    }

    [Fact]
    public async Task A_deleted_run_is_gone_at_once_and_its_bytes_soon()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var other = new TestRun();
        var kept = await other.CreateAsync(process);
        var writer = await run.CreateAsync(process, key: "k");
        Assert.False(await process.Journal.DeleteAsync(run.Id));
        await run.EndAsync(writer);
        Assert.True(await process.Journal.DeleteAsync(run.Id));
        Assert.False(await process.Journal.DeleteAsync(run.Id));

        Assert.Null(await process.Journal.FindAsync(run.Id));
        Assert.Equal(0, await run.ReadAsync(process));
        Assert.Single((await process.Journal.ListAsync(new RunQuery { Tenant = "" })).Runs);
        await new TestRun().CreateAsync(process, key: "k");

        // Its entries are in the segment that is being written: that is left and compacted without them.
        var secret = Encoding.UTF8.GetBytes($"{run.Id}:1;");
        Assert.True(await Site.HoldsAsync(secret));
        var dropped = process.NextGate("after DropSegmentAsync");
        Site.Time.Advance(TimeSpan.FromSeconds(5));
        await dropped;
        await process.UntilAsync(() => !Site.HoldsAsync(secret).Result);
        await kept.AppendAsync(other.Next(kept));
        Assert.Equal(2, await other.ReadAsync(process));
    }

    [Fact]
    public async Task A_compacted_run_is_deleted_with_its_file()
    {
        var process = await Site.StartAsync(SmallSegments);
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        var dropped = process.NextGate("after DropSegmentAsync");
        while (!dropped.IsCompleted)
        {
            await writer.AppendAsync(run.Next(writer, 5));
        }

        await run.EndAsync(writer);
        Assert.True(await process.Journal.DeleteAsync(run.Id));
        Assert.Equal(0, await run.ReadAsync(process));
        var secret = Encoding.UTF8.GetBytes($"{run.Id}:1;");
        await process.UntilAsync(() => !Site.HoldsAsync(secret).Result);
    }

    [Fact]
    public async Task Expiry_deletes_the_longest_ended_and_no_others()
    {
        var process = await Site.StartAsync();
        var runs = new List<TestRun>();
        for (var i = 0; i < 6; i++)
        {
            var run = new TestRun();
            runs.Add(run);
            var writer = await run.CreateAsync(process, key: $"key {i}");
            if (i != 2)
            {
                await writer.AppendAsync(run.Next(writer), run.Ended with { EndedAt = 1000 + i });
            }
        }

        var until = DateTimeOffset.FromUnixTimeMilliseconds(1005);
        Assert.Equal(3, await process.Journal.ExpireAsync(until, 3));
        Assert.Equal(1, await process.Journal.ExpireAsync(until, 3));
        Assert.Equal(0, await process.Journal.ExpireAsync(until, 3));
        var left = (await process.Journal.ListAsync(new RunQuery { Tenant = "" })).Runs.Select(run => run.Id);
        Assert.Equal([runs[5].Id, runs[2].Id], left);
        Assert.Equal(0, await runs[0].ReadAsync(process));
        Assert.Equal(2, await runs[5].ReadAsync(process));
        await new TestRun().CreateAsync(process, key: "key 0");
    }
}
