using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Turns;

/// <summary>Runs that wait for their turn, from the submission to the end.</summary>
public sealed class QueuedRunsTests
{
    [Fact]
    public void A_run_that_has_its_turn_at_once_is_made_in_one_commit()
    {
        var host = new LimitedHost(One);
        var run = host.Submit();
        Assert.Equal([EntryKind.RunSubmitted, EntryKind.AttemptStarted], Kinds(host.Commits[0].Batch));
        Assert.Equal(RunStatus.Completed, host.View(run).Status);
        Assert.Null(host.View(run).Queue);
        Assert.Empty(host.View(run).Warnings);
    }

    [Fact]
    public void A_run_that_has_not_waits_in_queued_and_says_for_what_since_when_and_how_long()
    {
        var host = new LimitedHost(One);
        host.Submit();
        var before = host.Commits.Count;
        var since = host.Clock.GetUtcNow();
        var run = host.Submit();
        Assert.Equal([EntryKind.RunSubmitted, EntryKind.RunQueued], Kinds(Assert.Single(host.Commits[before..]).Batch));
        Assert.Equal(RunStatus.Queued, host.Store.FindRow(run)!.Status);

        host.Advance(4_000);
        var view = host.View(run);
        Assert.Equal(RunStatus.Queued, view.Status);
        Assert.Empty(view.Attempts);
        Assert.Equal(
            (TurnLimits.Requests, "openai/a", 0, 0, since, since.AddSeconds(10)),
            (view.Queue!.Limit, view.Queue.Model, view.Queue.Leg, view.Queue.Ahead!.Value, view.Queue.Since, view.Queue.ExpectedAt!.Value));
        Assert.Equal("queued", Assert.Single(view.Warnings).Code);
        Assert.Single(host.Gateway.Calls);

        host.Advance(6_000);
        view = host.View(run);
        Assert.Equal(RunStatus.Completed, view.Status);
        Assert.Null(view.Queue);
        Assert.Equal("Hi", view.Output.Text);
        Assert.Equal(since.AddSeconds(10), view.StartedAt);
        Assert.Contains("event: warning\ndata: {\"seq\":2,\"type\":\"warning\",\"code\":\"queued\"", host.Events(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Fifty_runs_burn_no_attempt_and_go_in_order()
    {
        var host = new LimitedHost(limits => limits.Models.Add(new ModelLimit { Model = "openai/a", Requests = 10, WindowSeconds = 1 }));
        var runs = Enumerable.Range(0, 50).Select(_ => host.Submit()).ToArray();
        host.Advance(4_000);
        var views = runs.Select(host.View).ToArray();
        Assert.All(views, static view => Assert.Equal((RunStatus.Completed, 1), (view.Status, view.Attempts.Count)));
        Assert.Equal(views.Select(static view => view.Id), views.OrderBy(static view => view.StartedAt).Select(static view => view.Id));
        Assert.Equal([10, 10, 10, 10, 10], host.Gateway.Calls.GroupBy(static call => call.Time).Select(static group => group.Count()));
    }

    [Fact]
    public void One_refusal_for_the_rate_makes_the_others_wait_and_costs_them_nothing()
    {
        var host = new LimitedHost(static _ => { }, static dispatch => dispatch == 0 ? new DispatchPlan { Refusal = FakeErrors.RateLimit(2_000) } : null);
        var first = host.Submit();
        var others = Enumerable.Range(0, 20).Select(_ => host.Submit()).ToArray();
        Assert.Equal(TurnLimits.RetryAfter, host.View(others[0]).Queue!.Limit);
        Assert.Single(host.Gateway.Calls);
        host.Advance(3_000);
        Assert.Equal(2, host.View(first).Attempts.Count);
        Assert.All(others.Select(host.View), static view => Assert.Equal((RunStatus.Completed, 1), (view.Status, view.Attempts.Count)));
    }

    [Fact]
    public void Cancelling_a_run_that_waits_ends_it_and_its_place_goes_to_the_next()
    {
        var host = new LimitedHost(One);
        host.Submit();
        var gone = host.Submit();
        var next = host.Submit();
        Assert.Equal(RunStatus.Cancelled, host.Cancel(gone).Status);
        host.Advance(10_000);
        Assert.Equal(RunStatus.Completed, host.View(next).Status);
        Assert.Equal(2, host.Gateway.Calls.Count);
    }

    [Fact]
    public void Waiting_counts_towards_the_total_time()
    {
        var host = new LimitedHost(One);
        host.Submit();
        var run = host.Submit(new RunSpec { Model = "openai/a", Timeouts = new TimeoutSpec { TotalMs = 5_000 } });
        host.Advance(5_000);
        var view = host.View(run);
        Assert.Equal((RunStatus.Failed, RunErrorCodes.TotalTimeout), (view.Status, view.Error!.Code));
        Assert.Contains("which it waited for its turn: openai/a takes 1 requests in 10 s", view.Error.Message, StringComparison.Ordinal);
        Assert.Null(view.Queue);
        host.Advance(5_000);
        Assert.Single(host.Gateway.Calls);
    }

    [Fact]
    public void A_run_that_waits_survives_a_crash_and_keeps_its_place()
    {
        var host = new LimitedHost(One);
        host.Submit();
        var second = host.Submit();
        var since = host.View(second).Queue!.Since;
        host.Advance(1_000);
        var third = host.Submit();
        host.Crash();

        // The new process counts what the last one sent: the window is not given anew.
        Assert.Equal((RunStatus.Queued, RunStatus.Queued), (host.View(second).Status, host.View(third).Status));
        host.Advance(8_900);
        Assert.Equal((RunStatus.Queued, RunStatus.Queued), (host.View(second).Status, host.View(third).Status));
        host.Advance(200);
        Assert.Equal((RunStatus.Completed, RunStatus.Queued), (host.View(second).Status, host.View(third).Status));
        host.Crash();
        Assert.Equal(RunStatus.Queued, host.View(third).Status);
        host.Advance(10_000);
        Assert.Equal(RunStatus.Completed, host.View(third).Status);
        Assert.Equal(since, host.View(second).CreatedAt);
        Assert.All(new[] { second, third }.Select(host.View), static view => Assert.Single(view.Attempts));
        Assert.Single(host.Commits.SelectMany(static commit => Kinds(commit.Batch, commit.Run)), entry => entry == (third, EntryKind.RunQueued));
    }

    [Fact]
    public void A_leg_whose_turn_is_far_off_is_left_for_the_next()
    {
        var host = new LimitedHost(limits => limits.Models.Add(new ModelLimit { Model = "openai/a", Requests = 1, WindowSeconds = 60 }));
        host.Submit();
        var run = host.Submit(new RunSpec
        {
            Model = "openai/a",
            Fallback = new FallbackSpec { Models = ["openai/b"] },
            Retry = new RetrySpec { MaxDelayMs = 30_000 },
        });
        var view = host.View(run);
        Assert.Equal((RunStatus.Completed, 1), (view.Status, view.Attempts.Count));
        Assert.Equal((1, "openai/b"), (view.Attempts[0].Leg, view.Attempts[0].Model));
        Assert.Equal("queued", Assert.Single(view.Warnings).Code);
    }

    [Fact]
    public void Over_the_days_neurons_runs_fail_where_they_are_not_to_wait()
    {
        var host = new LimitedHost(limits =>
        {
            limits.NeuronsPerDay = 100;
            limits.OverBudget = OverBudget.Fail;
            limits.Prices.Add(new NeuronPrice { Model = "@cf/*", Request = 100 });
        });
        host.Submit(new RunSpec { Model = "@cf/meta/llama" });
        var view = host.View(host.Submit(new RunSpec { Model = "@cf/meta/llama" }));
        Assert.Equal((RunStatus.Failed, RunErrorCodes.NeuronsSpent), (view.Status, view.Error!.Code));
        Assert.Contains("Limits:NeuronsPerDay", view.Error.Message, StringComparison.Ordinal);
        Assert.Empty(view.Attempts);

        view = host.View(host.Submit(new RunSpec { Model = "@cf/meta/llama", Fallback = new FallbackSpec { Models = ["openai/b"] } }));
        Assert.Equal((RunStatus.Completed, "openai/b"), (view.Status, view.Attempts[0].Model));
    }

    /// <summary>What was spent is in the journal: by an answer, by one that told no usage, by an attempt that a crash cut off; and not by a refusal.</summary>
    [Fact]
    public void A_restart_does_not_give_the_days_neurons_anew()
    {
        var fail = true;
        var host = new LimitedHost(
            limits =>
            {
                limits.NeuronsPerDay = 300;
                limits.Prices.Add(new NeuronPrice { Model = "@cf/*", Request = 100 });
            },
            _ => fail ? new DispatchPlan { Refusal = FakeErrors.NoModel } : null);
        var refused = host.Submit(new RunSpec { Model = "@cf/meta/llama" });
        Assert.Equal(RunStatus.Failed, host.View(refused).Status);
        fail = false;
        host.Submit(new RunSpec { Model = "@cf/meta/llama" });
        host.Submit(new RunSpec { Model = "openai/a" });
        Crash(host);
        host.Submit(new RunSpec { Model = "@cf/other" });
        Crash(host);
        Assert.Equal(RunStatus.Completed, host.View(host.Submit(new RunSpec { Model = "@cf/meta/llama" })).Status);
        Crash(host);

        var late = host.Submit(new RunSpec { Model = "@cf/meta/llama", Timeouts = new TimeoutSpec { TotalMs = 86_400_000 } });
        var queue = host.View(late).Queue!;
        Assert.Equal(TurnLimits.Neurons, queue.Limit);
        Assert.Contains("about 300 of the 300 neurons", queue.Message, StringComparison.Ordinal);

        // The next day begins with nothing spent, also in a process that starts in it.
        host.Clock.AdvanceMs((long)(queue.ExpectedAt!.Value - host.Clock.GetUtcNow()).TotalMilliseconds - 1_000);
        Crash(host);
        Assert.Equal(RunStatus.Queued, host.View(late).Status);
        host.Advance(1_100);
        Assert.Equal(RunStatus.Completed, host.View(late).Status);
        Crash(host);
        Assert.Equal(RunStatus.Completed, host.View(host.Submit(new RunSpec { Model = "@cf/meta/llama" })).Status);
    }

    [Fact]
    public void Over_the_days_neurons_runs_wait_for_the_next_day()
    {
        var host = new LimitedHost(limits =>
        {
            limits.NeuronsPerDay = 100;
            limits.Prices.Add(new NeuronPrice { Model = "@cf/*", Request = 100 });
        });
        host.Submit(new RunSpec { Model = "@cf/meta/llama" });
        var run = host.Submit(new RunSpec { Model = "@cf/meta/llama", Timeouts = new TimeoutSpec { TotalMs = 86_400_000 } });
        var queue = host.View(run).Queue!;
        Assert.Equal((TurnLimits.Neurons, new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero)), (queue.Limit, queue.ExpectedAt!.Value));
        host.Clock.AdvanceMs((long)(queue.ExpectedAt.Value - host.Clock.GetUtcNow()).TotalMilliseconds - 500);
        host.Advance(400);
        Assert.Equal(RunStatus.Queued, host.View(run).Status);
        host.Advance(200);
        Assert.Equal(RunStatus.Completed, host.View(run).Status);
    }

    [Fact]
    public void A_submission_that_is_repeated_takes_no_turn()
    {
        var host = new LimitedHost(limits => limits.Models.Add(new ModelLimit { Model = "openai/a", Requests = 2, WindowSeconds = 10 }));
        var run = host.Submit(key: "k");
        Assert.Equal(run, host.Submit(key: "k"));
        Assert.Equal(RunStatus.Completed, host.View(host.Submit()).Status);
        Assert.Equal(RunStatus.Queued, host.View(host.Submit()).Status);
    }

    /// <summary>Time goes on meanwhile: ids are made of it.</summary>
    private static void Crash(LimitedHost host)
    {
        host.Crash();
        host.Advance(1);
    }

    private static void One(LimitOptions limits) => limits.Models.Add(new ModelLimit { Model = "openai/a", Requests = 1, WindowSeconds = 10 });

    private static List<EntryKind> Kinds(EntryBatch batch)
    {
        var kinds = new List<EntryKind>();
        foreach (var entry in batch)
        {
            kinds.Add(entry.Kind);
        }

        return kinds;
    }

    private static IEnumerable<(RunId Run, EntryKind Kind)> Kinds(EntryBatch batch, RunId run) => Kinds(batch).Select(kind => (run, kind));
}
