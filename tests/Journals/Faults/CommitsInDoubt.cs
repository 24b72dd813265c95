using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

/// <summary>A storage out of reach may have written a block or not, and the answer is lost either way.</summary>
public sealed class CommitsInDoubt : IAsyncDisposable
{
    private readonly MemorySite _site = new(isAtomic: false);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData((int)CommitFault.AnswerLost)]
    [InlineData((int)CommitFault.LostOnTheWay)]
    public async Task The_same_batch_appended_again_is_there_once(int fault)
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var beside = new TestRun();
        var writer = await run.CreateAsync(process);
        var other = await beside.CreateAsync(process);
        await FailAsync(process, (CommitFault)fault, () => writer.AppendAsync(run.Batch(2, 3), run.Summary with { Model = "m/new" }));
        Assert.False(process.Journal.Health.Ready);
        Assert.Equal(1, writer.LastNumber);
        Assert.Equal(1, await run.ReadAsync(process));

        await other.AppendAsync(beside.Next(other));
        Assert.Equal(1, await run.ReadAsync(process));
        await writer.AppendAsync(run.Batch(2, 3), run.Summary with { Model = "m/new" });
        await writer.AppendAsync(run.Next(writer));
        Assert.Equal(5, await run.ReadAsync(process));
        Assert.Equal(2, await beside.ReadAsync(process));
        Assert.Equal("m/new", (await process.Journal.FindAsync(run.Id))!.Model);

        process.Crash();
        var after = await _site.StartAsync();
        Assert.Equal(5, (await after.OpenAsync(run.Id)).LastNumber);
        Assert.Equal(5, await run.ReadAsync(after));
    }

    [Fact]
    public async Task A_different_batch_after_one_that_landed_is_refused()
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await FailAsync(process, CommitFault.AnswerLost, () => writer.AppendAsync(run.Batch(2, 3)));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.AppendAsync(run.Batch(2, 1)));
        await writer.AppendAsync(run.Batch(2, 3));
        Assert.Equal(4, await run.ReadAsync(process));
    }

    [Theory]
    [InlineData((int)CommitFault.AnswerLost)]
    [InlineData((int)CommitFault.LostOnTheWay)]
    public async Task A_run_whose_making_failed_was_not_made(int fault)
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var other = new TestRun();
        await FailAsync(process, (CommitFault)fault, async () => await run.CreateAsync(process, key: "k"));
        await other.CreateAsync(process);
        Assert.Null(await process.Journal.FindAsync(run.Id));
        Assert.Equal(0, await run.ReadAsync(process));
        Assert.Equal([other.Id], await process.Journal.ListUnfinishedAsync());
        await run.CreateAsync(process, entries: 2, key: "k");
        Assert.Equal(2, await run.ReadAsync(process));
    }

    [Fact]
    public async Task A_key_is_free_again_for_who_repeats_a_submit_that_failed()
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var again = new TestRun();
        await FailAsync(process, CommitFault.AnswerLost, async () => await run.CreateAsync(process, key: "k"));
        await again.CreateAsync(process, key: "k");
        Assert.Null(await process.Journal.FindAsync(run.Id));
        Assert.Equal([again.Id], await process.Journal.ListUnfinishedAsync());
    }

    [Fact]
    public async Task A_doubt_is_settled_as_soon_as_the_storage_is_there_again()
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        await FailAsync(process, CommitFault.AnswerLost, async () => await run.CreateAsync(process, key: "k"));
        Assert.NotNull(await process.Journal.FindAsync(run.Id));
        var settled = process.NextGate("after DiscardAsync");
        _site.Time.Advance(TimeSpan.FromSeconds(1));
        await settled;
        Assert.Null(await process.Journal.FindAsync(run.Id));
        await process.UntilAsync(() => process.Journal.Health.Ready);
    }

    [Fact]
    public async Task A_run_whose_making_failed_and_that_another_has_taken_meanwhile_stays_that_ones()
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var beside = new TestRun();
        await FailAsync(process, CommitFault.AnswerLost, async () => await run.CreateAsync(process, key: "k"));
        var other = await _site.StartAsync();
        var owner = await other.OpenAsync(run.Id);
        await owner.AppendAsync(run.Next(owner));

        // The maker settles its doubt now.
        await beside.CreateAsync(process);
        await owner.AppendAsync(run.Next(owner));
        Assert.Equal(3, await run.ReadAsync(other));
        Assert.Equal(3, await run.ReadAsync(process));
        Assert.Equal(new[] { run.Id, beside.Id }.Order(), (await process.Journal.ListUnfinishedAsync()).Order());
    }

    [Fact]
    public async Task What_landed_belongs_to_the_next_owner()
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await FailAsync(process, CommitFault.AnswerLost, () => writer.AppendAsync(run.Batch(2, 3)));
        var same = await process.OpenAsync(run.Id);
        Assert.Equal(4, same.LastNumber);
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await writer.AppendAsync(run.Batch(2, 3)));

        await FailAsync(process, CommitFault.AnswerLost, () => same.AppendAsync(run.Batch(5, 3)));
        var other = await _site.StartAsync();
        var owner = await other.OpenAsync(run.Id);
        Assert.Equal(7, owner.LastNumber);
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await same.AppendAsync(run.Batch(5, 3)));
        await owner.AppendAsync(run.Next(owner));
        Assert.Equal(8, await run.ReadAsync(other));
        Assert.Equal(8, await run.ReadAsync(process));
    }

    [Fact]
    public async Task While_the_storage_stays_out_of_reach_nothing_is_decided()
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await FailAsync(process, CommitFault.AnswerLost, () => writer.AppendAsync(run.Batch(2, 3)));
        process.Storage.OnGate = gate => gate == "before SealAsync" ? throw new JournalUnavailableException("still out of reach") : Task.CompletedTask;
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.AppendAsync(run.Batch(2, 3)));
        Assert.Equal("still out of reach", error.Message);
        process.Storage.OnGate = null;
        await writer.AppendAsync(run.Batch(2, 3));
        Assert.Equal(4, await run.ReadAsync(process));
    }

    [Theory]
    [InlineData((int)CommitFault.AnswerLost)]
    [InlineData((int)CommitFault.LostOnTheWay)]
    public async Task A_run_whose_release_failed_is_given_up(int fault)
    {
        var process = await _site.StartAsync();
        var run = new TestRun();
        var other = new TestRun();
        var writer = await run.CreateAsync(process);
        var staying = await other.CreateAsync(process);
        process.Storage.OnCommit = _ => (CommitFault)fault;
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.ReleaseAsync());
        process.Storage.OnCommit = null;

        // The next owner need not have fenced this one.
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await writer.AppendAsync(run.Next(writer)));
        await staying.AppendAsync(other.Next(staying));
        var next = await _site.StartAsync();
        var owner = await next.OpenAsync(run.Id);
        await owner.AppendAsync(run.Next(owner));
        Assert.Equal(2, await run.ReadAsync(next));
        await staying.AppendAsync(other.Next(staying));
        Assert.Equal(3, await other.ReadAsync(process));
    }

    private static async Task FailAsync(JournalProcess process, CommitFault fault, Func<ValueTask> call)
    {
        var failed = false;
        process.Storage.OnCommit = commit => commit.Block.IsEmpty || failed ? CommitFault.None : Once();
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await call());
        process.Storage.OnCommit = null;

        CommitFault Once()
        {
            failed = true;
            return fault;
        }
    }
}
