using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Watching;

/// <summary>Wherever a stream breaks, the reader sees each event once and in order.</summary>
public sealed class ReconnectTests
{
    private static readonly string[] Events =
    [
        EventScript.Wire(1, "run.created"),
        EventScript.Wire(2, "attempt.started", ",\"attempt\":1,\"leg\":0"),
        ": ping\n\n" + EventScript.Wire(3, "output.delta", ",\"attempt\":1,\"text\":\"Grüße, 世界 👋\""),
        EventScript.Wire(4, "output.delta", ",\"attempt\":1,\"text\":\"!\"").Replace("\n", "\r\n", StringComparison.Ordinal),
        EventScript.Wire(5, "run.completed", ",\"finishReason\":\"stop\""),
    ];

    [Theory]
    [InlineData(false, 4096)]
    [InlineData(true, 4096)]
    [InlineData(false, 1)]
    [InlineData(true, 7)]
    public async Task Cut_after_any_byte(bool cleanly, int packet)
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(string.Concat(Events));
        for (var cut = 0; cut <= length; cut++)
        {
            var handler = new CutHandler(Events, cut, cleanly, packet);
            using var http = new HttpClient(handler);
            var events = await Clients.Eager(http).WatchAsync("run_1").ToListAsync();
            Assert.True(events.Select(next => next.Seq).SequenceEqual([1, 2, 3, 4, 5]), $"cut after {cut}: {string.Join(',', events.Select(e => e.Seq))}");
            Assert.Equal("Grüße, 世界 👋!", string.Concat(events.OfType<OutputDelta>().Select(delta => delta.Text)));
            Assert.True(cut == length || handler.Queries.Count == (CompleteEvents(cut, cleanly) == Events.Length ? 1 : 2), $"cut after {cut}: {handler.Queries.Count} connections");
            Assert.Equal(CompleteEvents(cut, cleanly) is var complete and > 0 && complete < Events.Length ? $"?after={complete}" : "", handler.Queries[^1]);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    public async Task Cut_at_an_event_boundary_of_a_real_connection(int whole, bool broken)
    {
        await using var service = await FakeService.StartAsync();
        var first = new EventScript();
        var second = new EventScript();
        for (var seq = 1; seq <= 5; seq++)
        {
            var type = seq == 5 ? "run.completed" : "output.delta";
            second.Event(seq, type);
            if (seq <= whole)
            {
                first.Event(seq, type);
            }
        }

        service.On("GET /v1/runs/run_1/events", Answers.Events(broken ? first.ThenBreaks() : first), Answers.Events(second));
        using var http = service.Http();
        var reattached = new List<WatchReattach>();
        var events = await Clients.Eager(http).WatchAsync("run_1", 0, new WatchOptions { OnReattach = reattached.Add }).ToListAsync();
        Assert.Equal([1, 2, 3, 4, 5], events.Select(next => next.Seq));

        // A reset may overtake events that were on their way: the cursor is what was read, never more.
        var reattach = Assert.Single(reattached);
        Assert.InRange(reattach.After, 0, whole);
        Assert.True(broken || reattach.After == whole);
    }

    [Fact]
    public async Task Broken_in_the_middle_of_an_event_it_comes_whole_and_once()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs/run_1/events",
            Answers.Events(new EventScript().Text(1, "a").Raw("id: 2\nevent: output.delta\ndata: {\"seq\":2,\"type\":\"output.delta\",\"text\":\"b\"}\n")),
            Answers.Events(new EventScript().Text(2, "b").Event(3, "run.completed")));
        using var http = service.Http();
        var events = await Clients.Eager(http).WatchAsync("run_1").ToListAsync();
        Assert.Equal("ab", string.Concat(events.OfType<OutputDelta>().Select(delta => delta.Text)));
        Assert.Equal("GET /v1/runs/run_1/events, GET /v1/runs/run_1/events?after=1", service.Seen);
    }

    [Fact]
    public async Task Events_that_come_again_are_dropped()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs/run_1/events",
            Answers.Events(new EventScript().Text(1, "a").Text(2, "b").Text(2, "b")),
            Answers.Events(new EventScript().Raw(EventScript.Wire(1, "output.delta")).Raw(EventScript.Wire(2, "output.delta")).Event(3, "run.completed")));
        using var http = service.Http();
        var events = await Clients.Eager(http).WatchAsync("run_1").ToListAsync();
        Assert.Equal([1, 2, 3], events.Select(next => next.Seq));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(4, 6)]
    public async Task A_gap_at_the_start_ends_the_watch(long after, long came)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(came, "x")));
        using var http = service.Http();
        var gap = await Assert.ThrowsAsync<EventGapException>(() => Clients.Eager(http).WatchAsync("run_1", after).ToListAsync());
        Assert.Equal((after + 1, came, "run_1"), (gap.Expected, gap.Actual, gap.RunId));
    }

    [Fact]
    public async Task A_gap_after_a_reconnect_ends_the_watch()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs/run_1/events",
            Answers.Events(new EventScript().Text(1, "a")),
            Answers.Events(new EventScript().Text(3, "c").Event(4, "run.completed")));
        using var http = service.Http();
        var seen = new List<long>();
        var gap = await Assert.ThrowsAsync<EventGapException>(async () =>
        {
            await foreach (var next in Clients.Eager(http).WatchAsync("run_1"))
            {
                seen.Add(next.Seq);
            }
        });
        Assert.Equal((2, 3), (gap.Expected, gap.Actual));
        Assert.Equal([1], seen);
    }

    [Fact]
    public async Task Nothing_after_the_cursor_of_a_finished_run_is_an_empty_sequence()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Status(204));
        using var http = service.Http();
        Assert.Empty(await Clients.Eager(http).WatchAsync("run_1", after: 9).ToListAsync());
        Assert.Equal("?after=9", Assert.Single(service.Requests).Query);
    }

    [Fact]
    public async Task What_follows_the_terminal_event_is_not_waited_for()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Event(1, "run.cancelled").ThenSilent()));
        using var http = service.Http();
        Assert.IsType<RunCancelled>(Assert.Single(await Clients.Eager(http).WatchAsync("run_1").ToListAsync()));
    }

    [Fact]
    public async Task The_same_sequence_can_be_read_twice()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Text(1, "a").Event(2, "run.completed")));
        using var http = service.Http();
        var watch = Clients.Eager(http).WatchAsync("run_1");
        Assert.Equal(await watch.ToListAsync(), await watch.ToListAsync());
    }

    private static int CompleteEvents(int bytes, bool cleanly)
    {
        var count = 0;
        var end = 0;
        foreach (var next in Events)
        {
            end += System.Text.Encoding.UTF8.GetByteCount(next);

            // At a clean end "\r\n\r" ends an event as well: with nothing behind it, a "\r" is a line end by itself.
            var halfEnd = cleanly && next.EndsWith("\r\n", StringComparison.Ordinal);
            count += bytes >= (halfEnd ? end - 1 : end) ? 1 : 0;
        }

        return count;
    }
}
