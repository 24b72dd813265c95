using Orchestrator.Bridge.Tests.Kit;

namespace Orchestrator.Bridge.Tests.Surface;

/// <summary>A stream is passed on as it is made, breaks where it breaks, and is let go of when nobody reads it.</summary>
public sealed class StreamingTests(BridgeSite site) : IClassFixture<BridgeSite>
{
    [BridgeFact]
    public async Task The_first_events_are_there_while_the_others_do_not_exist_yet()
    {
        // The generation stops for ever after its third event: a bridge that waits for more never answers.
        using var response = await site.Http.SendAsync("POST", "/run", Calls.RunBody("openai/buffered~stall=3"));
        await using var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);
        for (var events = 0; events < 3;)
        {
            var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2));
            Assert.NotNull(line);
            events += line.StartsWith("data: ", StringComparison.Ordinal) ? 1 : 0;
        }
    }

    [BridgeFact]
    public async Task A_stream_that_ends_early_has_a_clean_end()
    {
        using var response = await site.Http.SendAsync("POST", "/run", Calls.RunBody("openai/m~events=100~cleanend=4"));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(4, text.Split("data: ").Length - 1);
    }

    [BridgeTheory]
    [InlineData("hold=3600000", 0)]
    [InlineData("stall=2", 2)]
    [InlineData("events=100000~rate=50", 1)]
    public async Task A_caller_that_goes_away_is_passed_on(string fault, int events)
    {
        var model = $"openai/gone~{fault}";
        using (var call = await RawCall.PostAsync(site.Worker.Address, "/run", Calls.RunBody(model)))
        {
            await Until.TrueAsync(() => site.Emulator.Counters.PerModel.ContainsKey(model), "the run is dispatched");
            await call.ReadEventsAsync(events);
        }

        await Until.TrueAsync(
            () => site.Emulator.Counters.Runs.Any(run => run.Model == model && run.Aborted == 1), "the gateway's connection is closed");
    }
}
