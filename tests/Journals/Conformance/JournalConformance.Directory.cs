using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public abstract partial class JournalConformance
{
    [Fact]
    public async Task A_summary_comes_back_as_it_was_given()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        run.Summary = run.Summary with
        {
            Tenant = "ten-ant",
            Metadata = Pairs("a", "1", "ü", ""),
            MetadataJson = """{"a":1,"ü":"","deep":{}}""",
        };
        var writer = await run.CreateAsync(process);
        var full = run.Summary with
        {
            Status = RunStatus.Failed,
            StartedAt = 5,
            EndedAt = 6,
            Incomplete = true,
            IncompleteReason = "because",
            FinishReason = "stop",
            InputTokens = 1,
            OutputTokens = long.MaxValue,
            TotalTokens = 0,
            ErrorCode = "code",
            ErrorMessage = "zerbrochen 💥",
            Seq = 7,
            FirstEventAt = 5,
            Events = long.MaxValue,
            Attempts = 3,
            Reattaches = 2,
            Fallbacks = 1,
            Leg = 0,
            Cost = new RunCost { Amount = 79_228_162.000000000000001m, Wasted = 0m, AsOf = new DateOnly(2026, 11, 25), Complete = false },
            TraceId = "0af7651916cd43dd8448eb211c80319c",
        };
        await writer.AppendAsync(run.Next(writer), full);
        process.Crash();
        var found = await (await Site.StartAsync()).Journal.FindAsync(run.Id);
        Assert.Equivalent(full, found, strict: true);
    }

    [Fact]
    public async Task Lists_are_pages_of_what_is_asked_for_newest_first()
    {
        var process = await Site.StartAsync();
        var runs = new List<RunSummary>();
        for (var i = 0; i < 60; i++)
        {
            var run = new TestRun();
            run.Summary = run.Summary with
            {
                Tenant = i % 2 == 0 ? "even" : "odd",
                Model = i % 3 == 0 ? "m/three" : "m/other",
                Metadata = Pairs("five", i % 5 == 0 ? "yes" : "no", "four", i % 4 == 0 ? "yes" : "no"),
            };
            var writer = await run.CreateAsync(process);
            runs.Add(run.Summary);
            if (i % 7 == 0)
            {
                await writer.AppendAsync(run.Next(writer), run.Ended);
                runs[^1] = run.Ended;
            }
        }

        RunStatus[][] statuses = [[], [RunStatus.Queued], [RunStatus.Completed], [RunStatus.Queued, RunStatus.Completed, RunStatus.Completed], [RunStatus.Failed]];
        Dictionary<string, string>[] metadata = [Pairs(), Pairs("five", "yes"), Pairs("five", "no", "four", "yes"), Pairs("six", "yes")];
        foreach (var query in from status in statuses
                              from pairs in metadata
                              from model in (string?[])[null, "m/three", "m/none"]
                              from limit in (int[])[1, 4, 100]
                              select new RunQuery { Tenant = "even", Statuses = status, Metadata = pairs, Model = model, Limit = limit })
        {
            var expected = runs.Where(run => run.Tenant == query.Tenant)
                .Where(run => query.Statuses.Count == 0 || query.Statuses.Contains(run.Status))
                .Where(run => query.Model is null || run.Model == query.Model)
                .Where(run => query.Metadata.All(pair => run.Metadata.GetValueOrDefault(pair.Key) == pair.Value))
                .Select(run => run.Id).OrderDescending();
            Assert.Equal(expected, await PageThroughAsync(process, query));
        }
    }

    [Fact]
    public async Task Lists_are_bounded_by_the_time_of_creation()
    {
        var process = await Site.StartAsync();
        var runs = new List<RunSummary>();
        for (var i = 0; i < 12; i++)
        {
            var run = new TestRun();
            run.Summary = run.Summary with { Metadata = Pairs("odd", i % 2 == 0 ? "no" : "yes") };
            await run.CreateAsync(process);
            runs.Add(run.Summary);
        }

        foreach (var query in from bounds in ((long?, long?)[])[(3, null), (null, 7), (2, 9), (5, 5), (9, 3), (-1, null), (null, -1), (null, long.MaxValue)]
                              from pairs in (Dictionary<string, string>[])[Pairs(), Pairs("odd", "yes")]
                              from limit in (int[])[2, 100]
                              select new RunQuery
                              {
                                  Tenant = "",
                                  From = runs[0].CreatedAt + bounds.Item1,
                                  To = bounds.Item2 == long.MaxValue ? long.MaxValue : runs[0].CreatedAt + bounds.Item2,
                                  Metadata = pairs,
                                  Limit = limit,
                              })
        {
            var expected = runs.Where(run => query.From is null || run.CreatedAt >= query.From).Where(run => query.To is null || run.CreatedAt < query.To)
                .Where(run => query.Metadata.All(pair => run.Metadata[pair.Key] == pair.Value)).Select(run => run.Id).OrderDescending();
            Assert.Equal(expected, await PageThroughAsync(process, query));
        }
    }

    [Fact]
    public async Task Lists_are_searched_for_a_part_of_the_error()
    {
        var process = await Site.StartAsync();
        var failed = new List<RunSummary>();
        foreach (var (code, message) in ((string, string?)[])
            [("rate-limited", "Too many requests"), ("provider-error", "ÜBERLASTET 100% [x]_y"), ("provider-error", null), ("a\0b", "nul")])
        {
            var run = new TestRun();
            run.Summary = run.Summary with { Metadata = Pairs("code", code), Model = message ?? "none" };
            var writer = await run.CreateAsync(process);
            failed.Add(run.Summary with { Status = RunStatus.Failed, EndedAt = 1, ErrorCode = code, ErrorMessage = message });
            await writer.AppendAsync(run.Next(writer), failed[^1]);
        }

        var fine = new TestRun();
        await fine.EndAsync(await fine.CreateAsync(process));
        await new TestRun().CreateAsync(process);
        await AssertFoundAsync("TOO MANY", 0);
        await AssertFoundAsync("ratE-limiteD", 0);
        await AssertFoundAsync("überlastet", 1);
        await AssertFoundAsync("100% [X]_", 1);
        await AssertFoundAsync("provider", 1, 2);
        await AssertFoundAsync("%", 1);
        await AssertFoundAsync("a\0B", 3);
        await AssertFoundAsync("error\nüber");
        Assert.Equal([failed[2].Id], await PageThroughAsync(process, Query("error") with { Model = "none", Limit = 1 }));
        Assert.Equal([failed[0].Id], await PageThroughAsync(process, Query("e") with { Metadata = Pairs("code", "rate-limited") }));
        Assert.Empty(await PageThroughAsync(process, Query("e") with { Statuses = [RunStatus.Completed] }));
        Assert.Empty(await PageThroughAsync(process, Query("rate") with { Tenant = "another" }));

        static RunQuery Query(string error) => new() { Tenant = "", Error = error, Limit = 1 };

        async Task AssertFoundAsync(string error, params int[] which)
        {
            Assert.Equal(which.Select(i => failed[i].Id).OrderDescending(), await PageThroughAsync(process, Query(error)));
        }
    }

    [Fact]
    public async Task The_service_itself_lists_the_runs_of_all_tenants()
    {
        var process = await Site.StartAsync();
        var runs = new List<RunId>();
        for (var i = 0; i < 5; i++)
        {
            var run = new TestRun();
            run.Summary = run.Summary with { Tenant = $"t{i % 2}", Model = i == 4 ? "m/other" : "m/one" };
            await run.CreateAsync(process);
            runs.Add(run.Id);
        }

        Assert.Equal(runs.OrderDescending(), await PageThroughAsync(process, new RunQuery { Tenant = null, Limit = 2 }));
        Assert.Equal([runs[4]], await PageThroughAsync(process, new RunQuery { Tenant = null, Model = "m/other" }));
    }

    [Fact]
    public async Task Pairs_that_very_many_runs_have_are_paged_like_any()
    {
        var process = await Site.StartAsync();
        var runs = Enumerable.Range(0, VeryMany).Select(_ => new TestRun()).ToList();
        foreach (var some in runs.Index().Chunk(100))
        {
            await Task.WhenAll(some.Select(one => MakeAsync(one.Item, one.Index)));
        }

        var ids = runs.ConvertAll(static run => run.Id);
        Assert.Equal(Enumerable.Reverse(ids), await PageThroughAsync(process, new RunQuery { Tenant = "", Metadata = Pairs("all", "yes"), Limit = VeryMany / 4 }));
        Assert.Equal(
            ids.Where((_, i) => i % 3 == 0 && i % 10 == 0).Reverse(),
            await PageThroughAsync(process, new RunQuery
            {
                Tenant = "",
                Statuses = [RunStatus.Completed],
                Metadata = Pairs("all", "yes", "tenth", "yes"),
                Limit = 7,
            }));

        async Task MakeAsync(TestRun run, int i)
        {
            run.Summary = run.Summary with { Metadata = Pairs("all", "yes", "tenth", i % 10 == 0 ? "yes" : "no") };
            var writer = await run.CreateAsync(process);
            if (i % 3 == 0)
            {
                await run.EndAsync(writer);
            }
        }
    }

    [Fact]
    public async Task Pages_stay_put_while_runs_are_submitted_and_end()
    {
        var process = await Site.StartAsync();
        var writers = new Dictionary<TestRun, IRunWriter>();
        for (var i = 0; i < 10; i++)
        {
            var run = new TestRun();
            writers.Add(run, await run.CreateAsync(process));
        }

        var seen = new List<RunId>();
        RunId? before = null;
        do
        {
            var page = await process.Journal.ListAsync(new RunQuery { Tenant = "", Limit = 3, Before = before });
            seen.AddRange(page.Runs.Select(run => run.Id));
            before = page.Next;
            await new TestRun().CreateAsync(process);
            await writers.Keys.First().EndAsync(writers.Values.First());
            writers.Remove(writers.Keys.First());
        }
        while (before is not null);

        Assert.Equal(10, seen.Distinct().Count());
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task A_run_is_found_by_the_metadata_it_has_now()
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        run.Summary = run.Summary with { Metadata = Pairs("color", "red") };
        var writer = await run.CreateAsync(process);
        await writer.AppendAsync(run.Next(writer), run.Summary with { Metadata = Pairs("color", "blue") });
        Assert.Empty((await process.Journal.ListAsync(Color("red"))).Runs);
        Assert.Single((await process.Journal.ListAsync(Color("blue"))).Runs);

        static RunQuery Color(string color) => new() { Tenant = "", Metadata = Pairs("color", color) };
    }

    [Fact]
    public async Task The_unfinished_are_listed_oldest_first_whoever_has_them()
    {
        var one = await Site.StartAsync();
        var two = await Site.StartAsync();
        var runs = Enumerable.Range(0, 6).Select(_ => new TestRun()).ToList();
        for (var i = 0; i < runs.Count; i++)
        {
            var writer = await runs[i].CreateAsync(i % 2 == 0 ? one : two);
            if (i == 3)
            {
                await runs[i].EndAsync(writer);
            }
            else if (i == 4)
            {
                await writer.ReleaseAsync();
            }
        }

        Assert.Equal(runs.Where((_, i) => i != 3).Select(run => run.Id), await one.Journal.ListUnfinishedAsync());
        Assert.Equal([runs[0].Id, runs[4].Id], await two.Journal.ListUnfinishedAsync(run => run == runs[4].Id || run == runs[3].Id || run == runs[0].Id));
    }

    [Fact]
    public async Task An_idempotency_key_belongs_to_the_first_run_of_its_tenant()
    {
        var process = await Site.StartAsync();
        var first = new TestRun();
        var second = new TestRun();
        var foreign = new TestRun();
        foreign.Summary = foreign.Summary with { Tenant = "another" };
        await first.CreateAsync(process, key: "k");
        await foreign.CreateAsync(process, key: "k");
        var taken = Assert.IsType<CreateOutcome.KeyTaken>(await process.Journal.CreateAsync(new NewRun(second.Summary, "k", "other"), second.Batch(1, 1)));
        Assert.Equal((first.Id, "hash"), (taken.Run, taken.RequestHash));
        Assert.Null(await process.Journal.FindAsync(second.Id));
        Assert.Equal(0, await second.ReadAsync(process));
    }

    [Fact]
    public async Task Of_concurrent_submits_with_one_key_one_makes_a_run()
    {
        var processes = new[] { await Site.StartAsync(), await Site.StartAsync() };
        for (var round = 0; round < 10; round++)
        {
            var key = $"round {round}";
            var runs = Enumerable.Range(0, 8).Select(_ => new TestRun()).ToList();
            var outcomes = await Task.WhenAll(runs.Select((run, i) => Task.Run(
                () => processes[i % 2].Journal.CreateAsync(new NewRun(run.Summary, key, "hash"), run.Batch(1, 1)).AsTask())));
            var winner = Assert.Single(outcomes.OfType<CreateOutcome.Created>()).Writer;
            Assert.All(outcomes.OfType<CreateOutcome.KeyTaken>(), taken => Assert.Equal(winner.Id, taken.Run));
        }

        Assert.Equal(10, (await processes[0].Journal.ListUnfinishedAsync()).Count);
    }

    private static Dictionary<string, string> Pairs(params string[] keysAndValues) =>
        keysAndValues.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static async Task<List<RunId>> PageThroughAsync(JournalProcess process, RunQuery query)
    {
        var found = new List<RunId>();
        for (RunId? before = null; ;)
        {
            var page = await process.Journal.ListAsync(query with { Before = before });
            Assert.True(page.Runs.Count <= query.Limit);
            found.AddRange(page.Runs.Select(run => run.Id));
            if (page.Next is null)
            {
                return found;
            }

            Assert.Equal(query.Limit, page.Runs.Count);
            before = page.Next;
        }
    }
}
