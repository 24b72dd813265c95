using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Money;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Money;

public sealed class RunCostTests
{
    private static readonly DateOnly May = new(2026, 5, 1);
    private static readonly DateOnly June = new(2026, 6, 1);

    private static readonly PriceTable Prices = new(new Dictionary<string, ModelPrice>(StringComparer.Ordinal)
    {
        ["openai/a"] = new ModelPrice(2m, 8m, June),
        ["openai/b"] = new ModelPrice(0.05m, 0.4m, May),
    });

    private readonly RunRecording _run = RunRecording.Of(
        new RunSpec { Model = "openai/a", Fallback = new FallbackSpec { Mode = FallbackSpec.ClientMode, Models = ["openai/b", "openai/c"] } });

    [Fact]
    public void Tokens_are_priced_by_the_million()
    {
        Assert.Equal(new RunCost { Amount = 0.00028m, AsOf = June }, Prices.Of("openai/a", Tokens(100, 10)));
        Assert.Equal(0.00000005m, Prices.Of("openai/b", Tokens(1, 0))!.Amount);
    }

    [Fact]
    public void What_is_not_known_is_unknown_and_not_nothing()
    {
        Assert.Null(Prices.Of("openai/c", Tokens(100, 10)));
        Assert.Null(Prices.Of("openai/a", null));
        Assert.Null(Prices.Of("openai/a", new TokenCounts { InputTokens = 100 }));
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

        _run.Fail(Errors.Broken(null)).Dispatch().Fail(Errors.Broken(null));
        Attempt(0);
        Assert.False(RunCosts.Of(_run.State, Prices)!.Complete);
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

    [Fact]
    public void A_run_keeps_the_cost_it_ended_with()
    {
        Attempt(0).End();

        Assert.Null(RunReports.Summary(RunRecording.Id, _run.State, _run.State.End!, 1).Cost);
        Assert.Null(Assert.Single(RunReports.Attempts(_run.State, prices: Prices)).Cost);
    }

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
