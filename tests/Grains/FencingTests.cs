using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Tests.Kit;
using Orleans.GrainDirectory;
using Orleans.Runtime;

namespace Orchestrator.Grains.Tests;

/// <summary>Two activations of one run can not both append, and the loser leaves without a trace.</summary>
public sealed class FencingTests
{
    [Fact]
    public async Task A_second_activation_takes_the_run_and_the_first_leaves_without_a_trace()
    {
        await using var first = await RunCluster.StartAsync(1);
        await using var second = await RunCluster.StartAsync(1, besides: first);
        var run = await first.SubmitAsync(0);
        await first.HasReadAsync(run, 5);
        var loser = first.Activation(run);
        var entries = new List<EntryKind>();
        var ended = second.EndOf(run);
        var others = first.Store.Committed;
        first.Store.Committed = (id, batch) =>
        {
            others?.Invoke(id, batch);
            foreach (var entry in batch)
            {
                entries.Add(entry.Kind);
            }
        };

        // The first one is in the middle of the run, and does not know.
        await second.Grain(run).WakeAsync();
        Assert.NotNull(second.Host(0).Find(run));
        var winner = second.Activation(run);
        first.Gateway.Advance(run);
        await ended;
        await winner!.Deactivated.WaitAsync(RunCluster.Patience, TestContext.Current.CancellationToken);
        await loser!.Deactivated.WaitAsync(RunCluster.Patience, TestContext.Current.CancellationToken);

        Assert.Null(first.Host(0).Find(run));
        Assert.Equal(1, first.Gateway.Dispatches(run));
        Assert.Single(entries, EntryKind.RunEnded);
        Assert.Equal(18, entries.Count(static kind => kind == EntryKind.UpstreamEvent));
        Assert.Equal([EntryKind.AttemptDetached, EntryKind.AttemptReattached], entries.Take(2));
        Assert.Empty(first.Store.Violations);
        Assert.Equal(2, first.Storage.Find(run.ToString())!.Epoch);
    }

    [Fact]
    public async Task A_silo_that_lost_a_run_leaves_it_to_the_one_that_has_it_until_it_may_have_died()
    {
        await using var first = await RunCluster.StartAsync(1);
        await using var second = await RunCluster.StartAsync(1, besides: first);
        var run = await first.SubmitAsync(0);
        await first.HasReadAsync(run, 5);
        var loser = first.Activation(run);
        await second.Grain(run).WakeAsync();
        first.Gateway.Advance(run, 5);
        await loser!.Deactivated.WaitAsync(RunCluster.Patience, TestContext.Current.CancellationToken);

        // Readers and watches of the loser ask for it in vain, however often: the run is nobody's ball.
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<SiloUnavailableException>(() => first.Grain(run).WakeAsync());
        }

        Assert.Null(first.Host(0).Find(run));
        var owner = second.Host(0).Find(run);
        Assert.Equal(2, owner!.Epoch);
        Assert.False(owner.IsLost);

        first.Host(0).Lost.Clear();
        await first.Grain(run).WakeAsync();
        Assert.Equal(3, first.Host(0).Find(run)!.Epoch);
        first.Gateway.Advance(run);
        Assert.True(await first.Grain(run).WaitForEndAsync(RunCluster.Patience));
        Assert.Equal(1, first.Gateway.Dispatches(run));
    }

    /// <summary>The directory has lost the first one, as one may that two versions of the service share.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_a_second_activation_takes_is_no_nearer_to_being_poisoned_unless_the_firsts_silo_died(bool dies)
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 5);
        await cluster.Storage.AttachedAsync(run.ToString());
        if (dies)
        {
            await cluster.KillAsync(0);
        }
        else
        {
            var directory = cluster.Silos.Silos[0].SiloHost.Services.GetRequiredKeyedService<IGrainDirectory>(GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY);
            await directory.Unregister(cluster.Activation(run)!.Address);
        }

        var taker = cluster.Silos.Silos.Count - 1;
        await cluster.Grain(run, taker).WakeAsync();
        Assert.Equal(2, cluster.Host(taker).Find(run)!.Epoch);
        var ended = cluster.EndOf(run);
        cluster.Gateway.Advance(run);
        await ended;
        var reasons = new List<string>();
        await foreach (var batch in cluster.Host(taker).Services.Journal.ReadAsync(run, 1, TestContext.Current.CancellationToken))
        {
            foreach (var entry in batch)
            {
                if (entry.Kind == EntryKind.AttemptDetached)
                {
                    reasons.Add(EntryCodec.ReadAttemptDetached(entry.Payload).Reason);
                }
            }
        }

        Assert.Equal([dies ? DetachReasons.HostLost : DetachReasons.HostStopped], reasons);
        Assert.Equal(1, cluster.Gateway.Dispatches(run));
    }

    [Fact]
    public async Task A_checkpoint_of_a_higher_epoch_stops_the_run_here()
    {
        await using var cluster = await RunCluster.StartAsync(1);
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 5);
        var activation = cluster.Activation(run);
        var owner = cluster.Host(0).Find(run)!;
        var theirs = await cluster.Storage.AttachedAsync(run.ToString());
        theirs.Epoch = 9;
        cluster.Storage.Overwrite(run.ToString(), theirs);

        // Unless a write that was due has met it already.
        owner.OnTransition?.Invoke();
        await activation!.Deactivated.WaitAsync(RunCluster.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(1, cluster.Storage.Conflicts);
        Assert.Equal(9, cluster.Storage.Find(run.ToString())!.Epoch);
        Assert.False(owner.State.Status.IsEnded());
    }

    [Fact]
    public async Task A_checkpoint_of_a_lower_epoch_gives_way()
    {
        await using var cluster = await RunCluster.StartAsync(1);
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 5);
        var late = await cluster.Storage.AttachedAsync(run.ToString());
        late.Epoch = 0;
        cluster.Storage.Overwrite(run.ToString(), late);

        using var reader = await EventText.OpenAsync(cluster.Runs(0), run);
        cluster.Gateway.Advance(run);
        Assert.Equal(ReaderReadKind.End, await reader.ToEndAsync());
        await (cluster.Activation(run)?.Deactivated ?? Task.CompletedTask).WaitAsync(
            RunCluster.Patience, TestContext.Current.CancellationToken);
        Assert.True(cluster.Storage.Find(run.ToString())!.HasEnded);
    }

    [Fact]
    public async Task A_submission_whose_answer_was_lost_makes_one_run()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        await cluster.HasReadAsync(run, 3);
        EntryBatch? first = null;
        await foreach (var batch in cluster.Host(0).Services.Journal.ReadAsync(run, 1, TestContext.Current.CancellationToken))
        {
            first ??= batch;
        }

        var reply = await cluster.Grain(run, 1).SubmitAsync(new Contract.SubmitRequest
        {
            First = Contract.EntrySlice.Of(first!),
            IsRepeated = true,
        });
        Assert.Equal(Contract.SubmitResult.Accepted, reply.Result);
        cluster.Gateway.Advance(run);
        Assert.True(await cluster.Grain(run, 1).WaitForEndAsync(RunCluster.Patience));
        Assert.Equal(1, cluster.Gateway.Dispatches(run));
    }
}
