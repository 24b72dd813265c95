using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Tests.Kit;
using Orleans;
using Orleans.Runtime;

namespace Orchestrator.Grains.Tests;

/// <summary>A run has one activation, which is there exactly as long as the run is worked on.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task A_cancel_from_another_silo_does_not_wait_for_the_streams()
    {
        await using var cluster = await RunCluster.StartAsync(3);
        var run = await cluster.SubmitAsync(0);
        cluster.Gateway.Advance(run, 3);
        using var here = await EventText.OpenAsync(cluster.Runs(0), run);
        using var elsewhere = await EventText.OpenAsync(cluster.Runs(1), run);
        await here.UntilAsync("word1");
        await elsewhere.UntilAsync("word1");

        var view = await cluster.Runs(2).CancelAsync("", run, TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Cancelled, view!.Status);
        Assert.Equal(ReaderReadKind.End, await here.ToEndAsync());
        Assert.Equal(ReaderReadKind.End, await elsewhere.ToEndAsync());
        Assert.Equal(here.Text, elsewhere.Text);
        Assert.Equal(0, cluster.Gateway.Open);
    }

    [Fact]
    public async Task An_ended_run_has_no_activation_and_a_checkpoint_that_says_so()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        var activation = cluster.Activation(run);
        Assert.NotNull(activation);
        cluster.Gateway.Advance(run);
        Assert.True(await cluster.Runs(1).WaitForEndAsync("", run, RunCluster.Patience, TestContext.Current.CancellationToken));

        await activation.Deactivated.WaitAsync(RunCluster.Patience, TestContext.Current.CancellationToken);
        var kept = cluster.Storage.Find(run.ToString());
        Assert.Equal((int)RunStatus.Completed, kept!.Status);
        Assert.Equal(23, kept.EventOffset);
        Assert.StartsWith("gen-", kept.GatewayRunId, StringComparison.Ordinal);

        // Asked again, it is answered from the checkpoint, and the run is not worked on.
        Assert.True((await cluster.Grain(run, 1).GetAsync()).HasEnded);
        Assert.Null(cluster.Host(0).Find(run) ?? cluster.Host(1).Find(run));
    }

    /// <summary>One that an earlier activation registered, on a silo that has the run no more.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reminder_of_a_run_that_has_ended_or_is_deleted_comes_once(bool isDeleted)
    {
        await using var cluster = await RunCluster.StartAsync(1);
        var run = await cluster.SubmitAsync(0);
        var activation = cluster.Activation(run);
        cluster.Gateway.Advance(run);
        Assert.True(await cluster.Runs(0).WaitForEndAsync("", run, RunCluster.Patience, TestContext.Current.CancellationToken));
        await activation!.Deactivated.WaitAsync(RunCluster.Patience, TestContext.Current.CancellationToken);
        if (isDeleted)
        {
            await cluster.Runs(0).DeleteAsync("", run, TestContext.Current.CancellationToken);
        }

        var table = cluster.Service<IReminderTable>(0);
        var grain = cluster.Grain(run);
        await table.UpsertRow(new ReminderEntry
        {
            GrainId = grain.GetGrainId(), ReminderName = "wake", StartAt = DateTime.UnixEpoch, Period = TimeSpan.FromDays(1),
        });
        await grain.AsReference<IRemindable>().ReceiveReminder("wake", default);
        Assert.Empty((await table.ReadRows(grain.GetGrainId())).Reminders);
    }

    [Fact]
    public async Task A_run_that_is_called_for_while_it_is_made_is_not_taken_from_itself()
    {
        await using var cluster = await RunCluster.StartAsync(1);
        Task? called = null;
        cluster.Store.Committed = (run, _) =>
        {
            // A sweep finds it in the journal before its silo has been told that it is there. It has a second to take it, which is long.
            if (called is null)
            {
                called = cluster.Grain(run).WakeAsync();
                called.Wait(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            }
        };
        var run = await cluster.SubmitAsync(0);
        await called!;

        Assert.Equal(1, cluster.Host(0).Find(run)!.Epoch);
        await cluster.HasReadAsync(run, 5);
        Assert.Equal(1, cluster.Gateway.Dispatches(run));
    }

    [Fact]
    public async Task A_running_run_is_not_collected()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        var activation = cluster.Activation(run);
        var silo = cluster.SiloOf(run);

        await cluster.Service<IGrainFactory>(0).GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        Assert.Same(activation, cluster.Activation(run));
        Assert.False(activation!.Deactivated.IsCompleted);
        Assert.NotNull(cluster.Host(silo).Find(run));
    }

    [Fact]
    public async Task A_deactivation_hands_the_run_over_and_the_next_call_goes_on_with_it()
    {
        await using var cluster = await RunCluster.StartAsync(2);
        var run = await cluster.SubmitAsync(0);
        cluster.Gateway.Advance(run, 5);
        using var reader = await EventText.OpenAsync(cluster.Runs(1), run);
        await reader.UntilAsync("word3");

        await cluster.Silos.DeactivateAsync(cluster.Grain(run).GetGrainId());
        cluster.Gateway.Advance(run);
        Assert.Equal(ReaderReadKind.End, await reader.ToEndAsync());
        Assert.Contains("word19", reader.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("host-lost", reader.Text, StringComparison.Ordinal);
        Assert.Equal(1, cluster.Gateway.Dispatches(run));
        Assert.Equal(reader.Numbers.Distinct().Count(), reader.Numbers.Count());
    }
}
