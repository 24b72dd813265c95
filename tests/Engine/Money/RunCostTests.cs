using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Money;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Statistics;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Money;

public sealed class RunCostTests
{
    private static readonly DateOnly May = new(2026, 5, 1);
    private static readonly DateOnly June = new(2026, 6, 1);

    private static readonly PriceTable Prices = Table(("openai/a", new ModelPrice(2m, 8m, June)), ("openai/b", new ModelPrice(0.05m, 0.4m, May)));

    private readonly RunRecording _run = RunRecording.Of(
        new RunSpec { Model = "openai/a", Fallback = new FallbackSpec { Mode = FallbackSpec.ClientMode, Models = ["openai/b", "openai/c"] } });

    [Fact]
    public void Tokens_are_priced_by_the_million()
    {
        Assert.Equal(new RunCost { Amount = 0.00028m, AsOf = June }, Of(Prices, "openai/a", Tokens(100, 10)));
        Assert.Equal(0.00000005m, Of(Prices, "openai/b", Tokens(1, 0))!.Amount);
    }

    /// <summary>A cached token is an input token with a price of its own; where it has none it costs what the others do.</summary>
    [Theory]
    [InlineData(null, null, "1000")]
    [InlineData(100, null, "820")]
    [InlineData(0, null, "800")]
    [InlineData(null, 200, "1050")]
    [InlineData(100, 200, "870")]
    public void Cached_input_has_a_price_of_its_own(int? cached, int? written, string perMillion)
    {
        var table = Table(("openai/a", new ModelPrice(1m, 5m, June) { CachedInput = cached / 1_000m, CacheWrite = written / 160m }));
        var usage = new TokenCounts { InputTokens = 500, OutputTokens = 100, CacheReadTokens = 200, CacheWriteTokens = 200 };

        Assert.Equal(decimal.Parse(perMillion, System.Globalization.CultureInfo.InvariantCulture) / 1_000_000m, Of(table, "openai/a", usage)!.Amount);
    }

    [Fact]
    public void More_cached_tokens_than_tokens_are_all_of_them()
    {
        var table = Table(("a", new ModelPrice(1m, 1m, June) { CachedInput = 0.5m, CacheWrite = 2m }));

        Assert.Equal(0.000005m, Of(table, "a", new TokenCounts { InputTokens = 10, OutputTokens = 0, CacheReadTokens = 99, CacheWriteTokens = 99 })!.Amount);
    }

    /// <summary>From the upstream's event to the run's cost: the tokens that the provider tells apart are kept apart, in the journal as well.</summary>
    [Fact]
    public void What_an_upstream_tells_of_its_cache_is_in_usage_and_cost()
    {
        var table = Table(("openai/a", new ModelPrice(2m, 8m, June) { CachedInput = 0.5m }));
        _run.Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"))
            .Take(Wire.Data("""{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":10,"prompt_tokens_details":{"cached_tokens":800}}}""")).Commit().End();

        Assert.Equal((1_000, 800, null), (_run.State.End!.Usage!.InputTokens, _run.State.End.Usage.CacheReadTokens, _run.State.End.Usage.CacheWriteTokens));
        Assert.Equal(800, _run.State.End.Attempts.Single().Usage!.CacheReadTokens);
        Assert.Equal(0.00088m, RunCosts.Of(_run.State, table)!.Amount);
    }

    /// <summary>Anthropic tells of its cache at the beginning and of the output at the end: both stay.</summary>
    [Fact]
    public void What_Anthropic_wrote_into_its_cache_is_in_usage_and_cost()
    {
        var table = Table(("openai/a", new ModelPrice(1m, 5m, June) { CachedInput = 0.1m, CacheWrite = 1.25m }));
        _run.Dispatch().Attach(WireFormat.Anthropic)
            .Take(Wire.Data("""{"type":"message_start","message":{"role":"assistant","content":[],"usage":{"input_tokens":10,"cache_creation_input_tokens":200,"cache_read_input_tokens":1000,"output_tokens":1}}}"""))
            .Take(Wire.Data("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}"""))
            .Take(Wire.Data("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4}}""")).Commit().End();

        var usage = _run.State.End!.Usage!;
        Assert.Equal((1_210, 4, 1_000, 200), (usage.InputTokens, usage.OutputTokens, usage.CacheReadTokens, usage.CacheWriteTokens));
        Assert.Equal(0.00038m, RunCosts.Of(_run.State, table)!.Amount);
    }

    [Fact]
    public void What_is_not_known_is_unknown_and_not_nothing()
    {
        Assert.Null(Of(Prices, "openai/c", Tokens(100, 10)));
        Assert.Null(Of(Prices, "openai/a", null));
        Assert.Null(Of(Prices, "openai/a", new TokenCounts { InputTokens = 100 }));
        Attempt(0, usage: false);
        Assert.Null(RunCosts.Of(_run.State, Prices));
    }

    [Fact]
    public void What_was_tried_again_and_fallen_back_from_is_wasted()
    {
        Attempt(0).Fail(Errors.Broken(null));
        Attempt(1);

        // 7 input and 2 output tokens each.
        Assert.Equal(
            new RunCost { Amount = 0.00003m + 0.00000115m, Wasted = 0.00003m, AsOf = May }, RunCosts.Of(_run.State, Prices));
    }

    [Fact]
    public void What_is_continued_is_not_wasted()
    {
        Attempt(0).Fail(Errors.Broken(null));
        Attempt(0, Continuation.Prefill);

        Assert.Equal((0.00006m, 0m), (RunCosts.Of(_run.State, Prices)!.Amount, RunCosts.Of(_run.State, Prices)!.Wasted));
    }

    [Fact]
    public void A_refusal_is_free_and_a_silence_may_not_be()
    {
        _run.Dispatch().Fail(new RunError { Code = "rate-limit", Message = "slow down", Status = 429, Recoverable = true });
        Attempt(0);
        Assert.True(RunCosts.Of(_run.State, Prices)!.Complete);

        // What was said while nobody was there is not known, whatever it looks like now.
        var lost = RunRecording.Of(new RunSpec { Model = "openai/a" }).Dispatch();
        lost.Fail(new RunError { Code = "provider-error", Message = "went away", Status = 503, Recoverable = true }, hostLost: true);
        lost.Dispatch().Attach(WireFormat.OpenAi).Take(Wire.Data("""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}""")).Commit();
        Assert.False(RunCosts.Of(lost.State, Prices)!.Complete);

        _run.Fail(Errors.Broken(null)).Dispatch().Fail(Errors.Broken(null));
        Attempt(0);
        Assert.False(RunCosts.Of(_run.State, Prices)!.Complete);
    }

    /// <summary>One that had said something before it was refused may be paid for.</summary>
    [Theory]
    [InlineData(400, false, true)]
    [InlineData(399, false, false)]
    [InlineData(503, true, false)]
    public void A_refusal_is_free_where_it_has_a_status_and_nothing_was_said(int status, bool says, bool isFree)
    {
        _run.Dispatch().Attach(WireFormat.OpenAi).Take(says ? [Wire.Data("{}")] : []).Commit();
        _run.Fail(new RunError { Code = "provider-error", Message = "no", Status = status, Recoverable = true });
        Attempt(0);
        Assert.Equal(isFree, RunCosts.Of(_run.State, Prices)!.Complete);
    }

    /// <summary>A gateway that fell back by itself names who answered.</summary>
    [Fact]
    public void Who_answered_is_paid()
    {
        _run.Dispatch().Attach(WireFormat.OpenAi, step: 1, model: "openai/b");
        _run.Take(Wire.OpenAi("a"), Wire.Data("""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}""")).Commit();
        Assert.Equal((0.00000115m, May), (RunCosts.Of(_run.State, Prices)!.Amount, RunCosts.Of(_run.State, Prices)!.AsOf));
    }

    [Fact]
    public void An_attempt_of_unknown_price_leaves_a_lower_bound()
    {
        Attempt(0).Fail(Errors.Broken(null));
        Attempt(2);

        var cost = RunCosts.Of(_run.State, Prices)!;
        Assert.Equal((0.00003m, false), (cost.Amount, cost.Complete));
        Assert.Equal([0.00003m, null], RunReports.Attempts(_run.State, prices: Prices).Select(static attempt => attempt.Cost?.Amount));
    }

    /// <summary>Of each attempt when it was sent, in UTC: a run that lasts over the change is paid by both.</summary>
    [Fact]
    public void A_price_holds_from_its_day_on()
    {
        var (before, after) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 3));
        var table = Table(("openai/a", new ModelPrice(10m, 0m, after)), ("openai/a", new ModelPrice(1m, 0m, before)));
        var change = new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        Assert.Equal(new RunCost { Amount = 0.000001m, AsOf = before }, table.Of("openai/a", Tokens(1, 0), change - 1));
        Assert.Equal(new RunCost { Amount = 0.00001m, AsOf = after }, table.Of("openai/a", Tokens(1, 0), change));
        Assert.Equal(before, table.Of("openai/a", Tokens(1, 0), 0)!.AsOf);

        _run.After(change - RunRecording.Start - 1);
        Attempt(0).Fail(Errors.Broken(null));
        Attempt(0);
        Assert.Equal(new RunCost { Amount = 0.000077m, Wasted = 0.000007m, AsOf = before }, RunCosts.Of(_run.State, table));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(7, -2)]
    [InlineData(long.MinValue, 0)]
    public void Tokens_that_can_not_be_are_unknown(long input, long output) => Assert.Null(Of(Prices, "openai/a", Tokens(input, output)));

    [Fact]
    public void As_many_tokens_as_can_be_written_cost_what_they_cost()
    {
        Assert.Equal(9_223_372_036_854_775_807m * 2 / 1_000_000m, Of(Prices, "openai/a", Tokens(long.MaxValue, 0))!.Amount);
        var usage = new TokenCounts { InputTokens = 1, OutputTokens = 0, CacheReadTokens = -5, CacheWriteTokens = long.MinValue };
        Assert.Equal(0.000002m, Of(Prices, "openai/a", usage)!.Amount);
    }

    /// <summary>Ten cents ten times are a dollar, which binary fractions do not add up to.</summary>
    [Fact]
    public void Sums_do_not_drift()
    {
        var counts = new Counts();
        for (var i = 0; i < 1_000_000; i++)
        {
            counts.AddCost(0.0000001m, 0, June, isComplete: true);
        }

        Assert.Equal(0.1m, counts.Cost);
    }

    [Fact]
    public void A_sum_is_as_old_as_its_oldest_price_and_whole_only_where_all_of_it_is()
    {
        var counts = new Counts();
        Assert.Equal((null, 0m, null, true), (counts.Cost, counts.Wasted, counts.CostAsOf, counts.IsCostComplete));
        counts.AddCost(1m, 0.5m, June, isComplete: true);
        counts.AddCost(2m, 0.25m, May, isComplete: true);
        counts.AddCost(4m, 0m, June, isComplete: true);
        Assert.Equal((7m, 0.75m, May, true), (counts.Cost, counts.Wasted, counts.CostAsOf, counts.IsCostComplete));
        counts.AddCost(null, 0m, null, isComplete: false);
        counts.AddCost(1m, 0m, June, isComplete: true);
        Assert.Equal((8m, May, false), (counts.Cost, counts.CostAsOf, counts.IsCostComplete));
    }

    [Fact]
    public void A_run_keeps_the_cost_it_ended_with()
    {
        Attempt(0).End();

        Assert.Null(RunReports.Summary(RunRecording.Id, _run.State, _run.State.End!, 1).Cost);
        Assert.Null(Assert.Single(RunReports.Attempts(_run.State, prices: Prices)).Cost);
    }

    private static PriceTable Table(params (string Model, ModelPrice Price)[] prices) => new(prices
        .GroupBy(static one => one.Model, static one => one.Price, StringComparer.Ordinal)
        .ToDictionary(static same => same.Key, static same => (IReadOnlyList<ModelPrice>)[.. same], StringComparer.Ordinal));

    private static RunCost? Of(PriceTable prices, string model, TokenCounts? usage) => prices.Of(model, usage, RunRecording.Start);

    private static TokenCounts Tokens(long input, long output) => new() { InputTokens = input, OutputTokens = output };

    private RunRecording Attempt(int leg, Continuation continuation = Continuation.None, bool usage = true)
    {
        _run.Dispatch(leg, continuation).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"));
        if (usage)
        {
            _run.Take(Wire.Data("""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}"""));
        }

        return _run.Commit();
    }
}
