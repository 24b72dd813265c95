using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public abstract partial class JournalConformance
{
    [Fact]
    public async Task A_writer_that_lost_its_run_appends_nothing()
    {
        var zombie = await Site.StartAsync();
        var taker = await Site.StartAsync();
        var run = new TestRun();
        var lost = await run.CreateAsync(zombie);
        var owner = await taker.OpenAsync(run.Id);
        Assert.True(owner.TakenOver);

        await Assert.ThrowsAsync<OwnershipLostException>(async () => await lost.AppendAsync(run.Batch(2, 1), run.Ended));
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await lost.AppendAsync(run.Batch(2, 1)));
        await lost.ReleaseAsync();
        await owner.AppendAsync(run.Batch(2, 2));
        Assert.Equal(3, await run.ReadAsync(taker));
        Assert.Equal(3, await run.ReadAsync(zombie));
        Assert.Equal(RunStatus.Queued, (await taker.Journal.FindAsync(run.Id))!.Status);
    }

    [Fact]
    public async Task A_writer_loses_its_run_to_another_one_of_the_same_process()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var lost = await run.CreateAsync(process);
        await lost.AppendAsync(run.Next(lost));
        var owner = await process.OpenAsync(run.Id);
        Assert.Equal((2, 2, true), (owner.Epoch, owner.LastNumber, owner.TakenOver));
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await lost.AppendAsync(run.Next(lost)));
        await owner.AppendAsync(run.Next(owner));
        Assert.Equal(3, await run.ReadAsync(process));
    }

    [Fact]
    public async Task The_other_runs_of_a_fenced_writer_go_on()
    {
        var fenced = await Site.StartAsync();
        var taker = await Site.StartAsync();
        var runs = Enumerable.Range(0, 20).Select(_ => new TestRun()).ToList();
        var writers = await Task.WhenAll(runs.Select(run => run.CreateAsync(fenced)));
        var taken = await taker.OpenAsync(runs[7].Id);

        // All at once, so that the lost one is in the same commit as the others.
        var appends = runs.Zip(writers).Select(pair => Record.ExceptionAsync(async () => await pair.Second.AppendAsync(pair.First.Next(pair.Second, 2))).AsTask()).ToList();
        var errors = await Task.WhenAll(appends);
        for (var i = 0; i < runs.Count; i++)
        {
            if (i == 7)
            {
                Assert.IsType<OwnershipLostException>(errors[i]);
                Assert.Equal(1, await runs[i].ReadAsync(taker));
            }
            else
            {
                Assert.Null(errors[i]);
                Assert.Equal(3, await runs[i].ReadAsync(taker));
                Assert.Equal(3, await runs[i].ReadAsync(fenced));
            }
        }

        await taken.AppendAsync(runs[7].Next(taken));
        Assert.Equal(2, await runs[7].ReadAsync(taker));
    }

    [Fact]
    public async Task An_append_between_claim_and_seal_is_the_new_owners_too()
    {
        var zombie = await Site.StartAsync();
        var taker = await Site.StartAsync();
        var run = new TestRun();
        var lost = await run.CreateAsync(zombie);

        var claimed = taker.NextGate("before SealAsync", out var go);
        var opening = taker.OpenAsync(run.Id);
        await claimed;
        await lost.AppendAsync(run.Next(lost));
        go.SetResult();

        var owner = await opening;
        Assert.Equal(2, owner.LastNumber);
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await lost.AppendAsync(run.Next(lost)));
        await owner.AppendAsync(run.Next(owner));
        Assert.Equal(3, await run.ReadAsync(taker));
    }

    [Fact]
    public async Task A_run_that_ends_between_claim_and_seal_is_not_opened()
    {
        var zombie = await Site.StartAsync();
        var taker = await Site.StartAsync();
        var run = new TestRun();
        var lost = await run.CreateAsync(zombie);

        var claimed = taker.NextGate("before SealAsync", out var go);
        var opening = taker.Journal.OpenAsync(run.Id).AsTask();
        await claimed;
        await run.EndAsync(lost);
        go.SetResult();

        Assert.Null(await opening);
        Assert.Equal(2, await run.ReadAsync(taker));
        Assert.Equal(RunStatus.Completed, (await taker.Journal.FindAsync(run.Id))!.Status);
    }

    [Fact]
    public async Task A_writer_that_registers_a_segment_before_the_takers_list_is_sealed_there()
    {
        // The zombie moves to a new segment after the claim and before the list; it sees the claim.
        var zombie = await Site.StartAsync();
        var taker = await Site.StartAsync();
        var run = new TestRun();
        var other = new TestRun();
        var lost = await run.CreateAsync(zombie);
        var kept = await other.CreateAsync(zombie);
        var third = await Site.StartAsync();

        var claimed = taker.NextGate("before ListSegmentsAsync", out var go);
        var opening = taker.OpenAsync(run.Id);
        await claimed;
        await third.OpenAsync(other.Id);
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await kept.AppendAsync(other.Next(kept)));
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await lost.AppendAsync(run.Next(lost)));
        go.SetResult();
        Assert.Equal(1, (await opening).LastNumber);
    }

    [Theory]
    [InlineData("before CreateSegmentAsync", 1)]
    [InlineData("after CreateSegmentAsync", 1)]
    [InlineData("before ListOwnedAsync", 1)]
    [InlineData("after ListOwnedAsync", 1)]
    [InlineData("before CommitAsync", 2)]
    public async Task A_takeover_at_any_step_of_going_on_in_a_new_segment_is_noticed(string gate, int time)
    {
        var zombie = await Site.StartAsync();
        var taker = await Site.StartAsync();
        var third = await Site.StartAsync();
        var run = new TestRun();
        var other = new TestRun();
        var kept = await run.CreateAsync(zombie);
        var lost = await other.CreateAsync(zombie);
        await third.OpenAsync(other.Id);

        // The zombie's segment is sealed; on its way to a new one it stands still, and the whole takeover happens.
        var arrived = zombie.NextGate(gate, out var go, time);
        var append = Record.ExceptionAsync(async () => await kept.AppendAsync(run.Next(kept)));
        await arrived;
        var owner = await taker.OpenAsync(run.Id);
        go.SetResult();
        Assert.IsType<OwnershipLostException>(await append);
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await lost.AppendAsync(other.Next(lost)));
        await owner.AppendAsync(run.Next(owner));
        Assert.Equal(2, await run.ReadAsync(taker));
    }

    [Fact]
    public async Task A_taker_that_dies_between_claim_and_seal_leaves_the_fencing_to_the_next()
    {
        var zombie = await Site.StartAsync();
        var taker = await Site.StartAsync();
        var run = new TestRun();
        var lost = await run.CreateAsync(zombie);
        var claimed = taker.NextGate("before SealAsync", out _);
        _ = taker.Journal.OpenAsync(run.Id).AsTask();
        await claimed;
        taker.Crash();

        var next = await Site.StartAsync();
        var owner = await next.OpenAsync(run.Id);
        Assert.Equal((3, true), (owner.Epoch, owner.TakenOver));
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await lost.AppendAsync(run.Next(lost)));
        await owner.AppendAsync(run.Next(owner));
        Assert.Equal(2, await run.ReadAsync(next));
    }

    [Fact]
    public async Task Of_concurrent_openers_exactly_one_can_append()
    {
        var run = new TestRun();
        var first = await Site.StartAsync();
        await run.CreateAsync(first);
        first.Crash();
        var processes = new List<JournalProcess>();
        for (var i = 0; i < 4; i++)
        {
            processes.Add(await Site.StartAsync());
        }

        // Two in each process: they race with those of other processes and with each other.
        var writers = await Task.WhenAll(processes.Concat(processes).Select(process => Task.Run(() => process.OpenAsync(run.Id))));
        Assert.Equal(Enumerable.Range(2, 8).Select(epoch => (long)epoch), writers.Select(writer => writer.Epoch).Order());
        var errors = await Task.WhenAll(writers.Select(writer => Record.ExceptionAsync(async () => await writer.AppendAsync(run.Batch(2, 1))).AsTask()));
        var winner = Assert.Single(writers.Zip(errors), pair => pair.Second is null).First;
        Assert.Equal(9, winner.Epoch);
        Assert.All(errors.OfType<Exception>(), error => Assert.IsType<OwnershipLostException>(error));
        Assert.Equal(2, await run.ReadAsync(processes[0]));
    }

    [Fact]
    public async Task A_released_run_is_handed_over_without_fencing()
    {
        var before = await Site.StartAsync();
        var after = await Site.StartAsync();
        var run = new TestRun();
        var other = new TestRun();
        var writer = await run.CreateAsync(before);
        var staying = await other.CreateAsync(before);
        await writer.AppendAsync(run.Next(writer, 3));
        await writer.ReleaseAsync();

        after.Storage.OnGate = name => name == "before SealAsync" ? throw new InvalidOperationException("sealed") : Task.CompletedTask;
        var next = await after.OpenAsync(run.Id);
        Assert.Equal((2, 4, false), (next.Epoch, next.LastNumber, next.TakenOver));
        await next.AppendAsync(run.Next(next));
        await staying.AppendAsync(other.Next(staying));
        await Assert.ThrowsAsync<OwnershipLostException>(async () => await writer.AppendAsync(run.Batch(5, 1)));

        // And back again, into the first writer's log.
        await next.ReleaseAsync();
        var back = await before.OpenAsync(run.Id);
        Assert.Equal((3, 5, false), (back.Epoch, back.LastNumber, back.TakenOver));
        await back.AppendAsync(run.Next(back));
        Assert.Equal(6, await run.ReadAsync(before));
        Assert.Equal(6, await run.ReadAsync(after));
    }

    [Fact]
    public async Task Releasing_twice_or_after_the_end_does_nothing()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await writer.ReleaseAsync();
        await writer.ReleaseAsync();
        var again = await process.OpenAsync(run.Id);
        Assert.False(again.TakenOver);
        await run.EndAsync(again);
        await again.ReleaseAsync();
        Assert.Equal(2, await run.ReadAsync(process));
    }
}
