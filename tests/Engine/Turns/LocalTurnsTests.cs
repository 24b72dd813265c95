using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Turns;

public sealed class LocalTurnsTests
{
    private const string Llama = "@cf/meta/llama-3.1-8b-instruct";

    private readonly ManualClock _clock = new();
    private readonly LimitOptions _options = new();
    private long _age;

    [Fact]
    public async Task A_window_takes_its_number_of_requests_and_then_one_for_each_that_is_a_window_old()
    {
        Limit("openai/a", requests: 3, seconds: 10);
        var turns = new LocalTurns(_options, _clock);
        for (var i = 0; i < 3; i++)
        {
            (await TakeAsync(turns, "openai/a")).Answered(null);
            _clock.AdvanceMs(1_000);
        }

        var fourth = Enter(turns, "openai/a");
        var fifth = Enter(turns, "openai/a");
        Assert.Equal((TurnLimits.Requests, 0, _clock.NowMs + 7_000), Seen(fourth));
        Assert.Equal((TurnLimits.Requests, 1, _clock.NowMs + 8_000), Seen(fifth));
        _clock.AdvanceMs(6_999);
        Assert.False(fourth.Turn.IsCompleted);
        _clock.AdvanceMs(1);
        Assert.True(fourth.Turn.IsCompletedSuccessfully);
        Assert.False(fifth.Turn.IsCompleted);
        _clock.AdvanceMs(1_000);
        Assert.True(fifth.Turn.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_place_in_the_window_is_held_until_a_window_after_the_answer()
    {
        Limit("openai/a", requests: 1, seconds: 10);
        var turns = new LocalTurns(_options, _clock);
        var first = await TakeAsync(turns, "openai/a");
        var next = Enter(turns, "openai/a");
        _clock.AdvanceMs(1_500);
        first.Answered(null);
        _clock.AdvanceMs(9_999);
        Assert.False(next.Turn.IsCompleted);
        _clock.AdvanceMs(1);
        Assert.True(next.Turn.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Whatever_comes_and_goes_no_window_has_more_than_its_number()
    {
        Limit("openai/a", requests: 7, seconds: 1);
        var turns = new LocalTurns(_options, _clock);
        var random = new Random(4711);
        var sent = new List<long>();
        var waiting = new List<IPlaceInLine>();
        for (var i = 0; i < 2_000; i++)
        {
            _clock.AdvanceMs(random.Next(60));
            foreach (var place in waiting.Where(static place => place.Turn.IsCompleted).ToArray())
            {
                waiting.Remove(place);
                await UseAsync((await place.Turn)!);
            }

            var answer = await turns.AskAsync(Request("openai/a", "t" + random.Next(3)));
            if (answer.Turn is { } turn)
            {
                await UseAsync(turn);
            }
            else if (random.Next(3) == 0)
            {
                waiting.Add(Enter(turns, "openai/a", "t" + random.Next(3)));
            }
        }

        Assert.InRange(sent.Count, 300, 2_000);
        for (var i = 7; i < sent.Count; i++)
        {
            Assert.True(sent[i] - sent[i - 7] >= 1_000, $"requests {i - 7} to {i} are sent within {sent[i] - sent[i - 7]} ms");
        }

        async Task UseAsync(ITurn turn)
        {
            if (random.Next(5) == 0)
            {
                turn.GiveBack();
                return;
            }

            await Task.CompletedTask;
            _clock.AdvanceMs(random.Next(100));
            sent.Add(_clock.NowMs);
            turn.Answered(null);
            turn.Close(null);
        }
    }

    [Fact]
    public async Task A_turn_that_is_given_back_makes_room()
    {
        Limit("openai/a", requests: 1);
        var turns = new LocalTurns(_options, _clock);
        var first = await TakeAsync(turns, "openai/a");
        var next = Enter(turns, "openai/a");
        Assert.False(next.Turn.IsCompleted);
        first.GiveBack();
        first.GiveBack();
        Assert.True(next.Turn.IsCompletedSuccessfully);
        Assert.Null((await turns.AskAsync(Request("openai/a"))).Turn);
    }

    [Fact]
    public async Task The_oldest_run_goes_first_and_tenants_take_turns()
    {
        Limit("openai/a", requests: 1, seconds: 1);
        var turns = new LocalTurns(_options, _clock);
        (await TakeAsync(turns, "openai/a")).Answered(null);
        var order = new List<string>();
        foreach (var (tenant, age) in new[] { ("many", 5), ("many", 3), ("many", 4), ("few", 9), ("many", 1) })
        {
            var place = turns.Enter(new TurnRequest(default, tenant, "openai/a", "text-generation", age), CancellationToken.None);
            _ = place.Turn.ContinueWith(
                turn =>
                {
                    // First: the next turn is a window after the answer, and the test lets one pass as soon as it sees the order.
                    turn.Result!.Answered(null);
                    order.Add($"{tenant} {age}");
                },
                TaskContinuationOptions.ExecuteSynchronously);
        }

        for (var i = 0; i < 5; i++)
        {
            _clock.AdvanceMs(1_000);
            await WhenAsync(() => order.Count == i + 1);
        }

        Assert.Equal(["many 1", "few 9", "many 3", "many 4", "many 5"], order);
    }

    [Fact]
    public async Task Who_leaves_the_line_takes_no_turn()
    {
        Limit("openai/a", requests: 1, seconds: 1);
        var turns = new LocalTurns(_options, _clock);
        (await TakeAsync(turns, "openai/a")).Answered(null);
        using var leave = new CancellationTokenSource();
        var gone = turns.Enter(Request("openai/a"), leave.Token);
        var next = Enter(turns, "openai/a");
        Assert.Equal(1, next.Look().Ahead);
        await leave.CancelAsync();
        Assert.True(gone.Turn.IsCanceled);
        Assert.Equal(0, next.Look().Ahead);
        _clock.AdvanceMs(1_000);
        Assert.True(next.Turn.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_refusal_with_a_wait_holds_all_others_back_and_then_lets_one_through_two_four()
    {
        var turns = new LocalTurns(_options, _clock);
        var first = await TakeAsync(turns, "openai/a");
        var other = await TakeAsync(turns, "openai/b");
        first.Answered(FakeErrors.RateLimit(5_000));
        var line = Enumerable.Range(0, 10).Select(_ => Enter(turns, "openai/a")).ToArray();
        Assert.Equal((TurnLimits.RetryAfter, 0, _clock.NowMs + 5_000), Seen(line[0]));
        Assert.NotNull((await turns.AskAsync(Request("openai/b"))).Turn);
        other.Answered(null);

        _clock.AdvanceMs(5_000);
        Assert.Equal(1, line.Count(static place => place.Turn.IsCompleted));
        (await line[0].Turn)!.Answered(null);
        Assert.Equal(3, line.Count(static place => place.Turn.IsCompleted));
        (await line[1].Turn)!.Answered(null);
        (await line[2].Turn)!.Answered(FakeErrors.RateLimit(1_000));
        var before = line.Count(static place => place.Turn.IsCompleted);
        _clock.AdvanceMs(999);
        Assert.Equal(before, line.Count(static place => place.Turn.IsCompleted));
    }

    [Fact]
    public async Task Workers_AI_models_have_the_limits_of_their_task_and_others_none()
    {
        var turns = new LocalTurns(new LimitOptions { NeuronsPerDay = 0 }, _clock);
        Assert.Equal(300, await CountAsync(turns, Llama, "text-generation"));
        Assert.Equal(3_000, await CountAsync(turns, "@cf/baai/bge-base-en-v1.5", "embeddings"));
        Assert.Equal(1_500, await CountAsync(turns, "@cf/baai/bge-large-en-v1.5", "embeddings"));
        Assert.Equal(720, await CountAsync(turns, "@cf/black-forest-labs/flux-1-schnell", "image"));
        Assert.Equal(720, await CountAsync(turns, Llama, "vision"));
        Assert.Equal(720, await CountAsync(turns, "@cf/meta/m2m100-1.2b", "translation"));
        Assert.Equal(2_000, await CountAsync(turns, "@cf/huggingface/distilbert-sst-2-int8", "classification"));
        Assert.Equal(720, await CountAsync(turns, "@cf/openai/whisper", "transcription"));
        Assert.Equal(5_000, await CountAsync(turns, "openai/gpt-5-mini", "text-generation"));
    }

    [Fact]
    public async Task A_model_by_name_goes_before_the_longest_beginning()
    {
        Limit("openai/*", requests: 3);
        Limit("openai/gpt-5*", requests: 2);
        Limit("openai/gpt-5-mini", requests: 1);
        Limit("@cf/meta/*", requests: 0);
        var turns = new LocalTurns(_options, _clock);
        Assert.Equal(3, await CountAsync(turns, "openai/o4", "text-generation"));
        Assert.Equal(2, await CountAsync(turns, "openai/gpt-5", "text-generation"));
        Assert.Equal(1, await CountAsync(turns, "openai/gpt-5-mini", "text-generation"));
        _options.NeuronsPerDay = 0;
        Assert.Equal(5_000, await CountAsync(new LocalTurns(_options, _clock), Llama, "text-generation"));
    }

    [Fact]
    public async Task The_days_neurons_are_counted_and_come_back_at_midnight_UTC()
    {
        _options.NeuronsPerDay = 1_000;
        _options.Prices.Add(new NeuronPrice { Model = "@cf/*", Output = 1_000_000 });
        var turns = new LocalTurns(_options, _clock);
        var midnight = new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        await SpendAsync(turns, 999);
        await SpendAsync(turns, 500);
        var wait = Enter(turns, Llama);
        Assert.Equal((TurnLimits.Neurons, 0, midnight), Seen(wait));
        Assert.Contains("1499 of the 1000 neurons", wait.Look().Message, StringComparison.Ordinal);
        Assert.NotNull((await turns.AskAsync(Request("openai/a"))).Turn);
        _clock.AdvanceMs(midnight - _clock.NowMs - 1);
        Assert.False(wait.Turn.IsCompleted);
        _clock.AdvanceMs(1);
        Assert.True(wait.Turn.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_is_under_way_is_reserved_and_what_it_did_not_need_is_there_for_every_model()
    {
        _options.NeuronsPerDay = 500;
        _options.Prices.Add(new NeuronPrice { Model = "@cf/*", Request = 250 });
        var turns = new LocalTurns(_options, _clock);
        var first = await TakeAsync(turns, Llama);
        await TakeAsync(turns, Llama);
        var other = Enter(turns, "@cf/other");
        Assert.False(other.Turn.IsCompleted);
        first.GiveBack();
        Assert.True(other.Turn.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Where_runs_are_not_to_wait_for_the_next_day_there_is_no_turn()
    {
        _options.NeuronsPerDay = 1;
        _options.OverBudget = OverBudget.Fail;
        _options.Prices.Add(new NeuronPrice { Model = "@cf/*", Output = 1_000_000 });
        var turns = new LocalTurns(_options, _clock);
        await SpendAsync(turns, 5);
        Assert.True((await turns.AskAsync(Request(Llama))).Wait!.IsFinal);
        Assert.Null(await Enter(turns, Llama).Turn);
    }

    [Fact]
    public async Task The_upstreams_word_that_the_days_allocation_is_spent_is_the_budgets_end()
    {
        _options.NeuronsPerDay = 0;
        var turns = new LocalTurns(_options, _clock);
        (await TakeAsync(turns, Llama)).Answered(FakeErrors.RateLimit(null) with { UpstreamCode = "3036" });
        Assert.Equal(TurnLimits.Neurons, (await turns.AskAsync(Request("@cf/other"))).Wait!.Limit);

        _clock.Advance(TimeSpan.FromDays(1));
        await TakeAsync(turns, "@cf/other");
    }

    private static (string Limit, int Ahead, long? ExpectedAt) Seen(IPlaceInLine place) => (place.Look().Limit, place.Look().Ahead, place.Look().ExpectedAt);

    private static async Task WhenAsync(Func<bool> holds)
    {
        var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void Limit(string model, int requests, double seconds = 60) =>
        _options.Models.Add(new ModelLimit { Model = model, Requests = requests, WindowSeconds = seconds });

    private TurnRequest Request(string model, string tenant = "", string task = "text-generation") => new(default, tenant, model, task, _age++);

    private IPlaceInLine Enter(LocalTurns turns, string model, string tenant = "") => turns.Enter(Request(model, tenant), CancellationToken.None);

    private async Task<ITurn> TakeAsync(LocalTurns turns, string model) =>
        (await turns.AskAsync(Request(model))).Turn ?? throw new InvalidOperationException($"No turn with {model}.");

    private async Task SpendAsync(LocalTurns turns, long tokens)
    {
        var turn = await TakeAsync(turns, Llama);
        turn.Answered(null);
        turn.Close(new TokenCounts { InputTokens = 0, OutputTokens = tokens });
    }

    private async Task<int> CountAsync(LocalTurns turns, string model, string task)
    {
        var count = 0;
        while (count < 5_000 && (await turns.AskAsync(Request(model, task: task))).Turn is not null)
        {
            count++;
        }

        return count;
    }
}
