using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Storage;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public abstract partial class JournalConformance
{
    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_crash()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await writer.AppendAsync(run.Next(writer, 5), run.Summary with { Model = "m/two" });
        process.Crash();

        var after = await Site.StartAsync();
        Assert.Equal(6, await run.ReadAsync(after));
        Assert.Equal("m/two", (await after.Journal.FindAsync(run.Id))!.Model);
        var next = await after.OpenAsync(run.Id);
        Assert.Equal((2, 6, true), (next.Epoch, next.LastNumber, next.TakenOver));
        await next.AppendAsync(run.Next(next));
        Assert.Equal(7, await run.ReadAsync(after));
    }

    [Fact]
    public async Task Very_many_runs_of_a_dead_writer_are_taken_over()
    {
        var process = await Site.StartAsync(new JournalOptions { SegmentBytes = 50 * VeryMany, GatherDelay = TimeSpan.Zero });
        var runs = Enumerable.Range(0, VeryMany / 2).Select(_ => new TestRun()).ToList();
        await Task.WhenAll(runs.Select(async run =>
        {
            var writer = await run.CreateAsync(process);
            await writer.AppendAsync(run.Next(writer, 3));
        }));
        process.Crash();

        var after = await Site.StartAsync();
        Assert.Equal(runs.Select(run => run.Id), await after.Journal.ListUnfinishedAsync());
        var writers = await Task.WhenAll(runs.Select(run => after.Journal.OpenAsync(run.Id).AsTask()));
        Assert.All(writers, writer => Assert.Equal((2, 4, true), (writer!.Epoch, writer.LastNumber, writer.TakenOver)));
        await Task.WhenAll(runs.Zip(writers).Select(pair => pair.Second!.AppendAsync(pair.First.Next(pair.Second)).AsTask()));
        foreach (var run in runs)
        {
            Assert.Equal(5, await run.ReadAsync(after));
        }
    }

    [Fact]
    public async Task A_run_goes_through_many_processes()
    {
        var run = new TestRun();
        var process = await Site.StartAsync();
        await run.CreateAsync(process);
        for (var epoch = 2; epoch <= 6; epoch++)
        {
            process.Crash();
            process = await Site.StartAsync();
            var writer = await process.OpenAsync(run.Id);
            Assert.Equal((epoch, (epoch - 2) * 2 + 1), (writer.Epoch, writer.LastNumber));
            await writer.AppendAsync(run.Next(writer));
            await writer.AppendAsync(run.Next(writer));
        }

        Assert.Equal(11, await run.ReadAsync(process));
    }

    [Theory]
    [InlineData("cut by one byte")]
    [InlineData("cut to its header")]
    [InlineData("one bit turned")]
    public async Task A_torn_last_block_was_never_there(string how)
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await writer.AppendAsync(run.Next(writer));
        await writer.AppendAsync(run.Next(writer));
        process.Crash();
        await Site.DamageBlockAsync(new SegmentId(process.Id, 1), 2, Damage(how));

        var after = await Site.StartAsync();
        var next = await after.OpenAsync(run.Id);
        Assert.Equal(2, next.LastNumber);
        await next.AppendAsync(run.Next(next));
        Assert.Equal(3, await run.ReadAsync(after));
    }

    [Theory]
    [InlineData("cut by one byte")]
    [InlineData("one bit turned")]
    public async Task A_damaged_block_in_the_middle_is_named(string how)
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await writer.AppendAsync(run.Next(writer));
        await writer.AppendAsync(run.Next(writer));
        process.Crash();
        var segment = new SegmentId(process.Id, 1);
        await Site.DamageBlockAsync(segment, 1, Damage(how));

        var after = await Site.StartAsync();
        var damage = await Assert.ThrowsAsync<InvalidDataException>(async () => await after.Journal.OpenAsync(run.Id));
        Assert.Matches($"Segment {segment}, the block at [1-9][0-9]* is damaged", damage.Message);
    }

    [Fact]
    public async Task Disposal_commits_what_is_queued_and_releases_nothing()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        var pending = writer.AppendAsync(run.Next(writer)).AsTask();
        await process.DisposeAsync();
        await pending;

        var after = await Site.StartAsync();
        var next = await after.OpenAsync(run.Id);
        Assert.Equal((2, true), (next.LastNumber, next.TakenOver));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await writer.AppendAsync(run.Next(writer)));
    }

    [Fact]
    public async Task A_refused_commit_leaves_nothing_and_can_be_made_again()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var unborn = new TestRun();
        var writer = await run.CreateAsync(process);
        process.Storage.OnCommit = _ => CommitFault.Refused;
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.AppendAsync(run.Batch(2, 3), run.Ended));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => unborn.CreateAsync(process, key: "unborn"));
        Assert.False(process.Journal.Health.Ready);
        Assert.Contains("refuses", process.Journal.Health.Reason, StringComparison.Ordinal);
        Assert.Equal(1, await run.ReadAsync(process));
        Assert.Equal(1, writer.LastNumber);
        Assert.Null(await process.Journal.FindAsync(unborn.Id));

        process.Storage.OnCommit = null;
        await writer.AppendAsync(run.Batch(2, 3));
        await unborn.CreateAsync(process, key: "unborn");
        Assert.True(process.Journal.Health.Ready);
        Assert.Equal(4, await run.ReadAsync(process));
    }

    [Fact]
    public async Task Readiness_returns_by_itself()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        process.Storage.OnCommit = _ => CommitFault.Refused;
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.AppendAsync(run.Next(writer)));
        var probed = process.NextGate("after ProbeAsync");
        Site.Time.Advance(TimeSpan.FromSeconds(1));
        await probed;
        await process.UntilAsync(() => process.Journal.Health.Ready);
    }

    private static Func<byte[], byte[]> Damage(string how) => how switch
    {
        "cut by one byte" => block => block[..^1],
        "cut to its header" => block => block[..12],
        _ => block => [.. block[..20], (byte)(block[20] ^ 1), .. block[21..]],
    };
}
