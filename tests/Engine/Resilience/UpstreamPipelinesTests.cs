using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Engine.Tests.Resilience;

/// <summary>First-event deadline and circuit breaker, by a clock that moves when told to.</summary>
public sealed class UpstreamPipelinesTests
{
    private const string Model = "openai/a";

    private static readonly ConnectOutcome Answered = new ConnectOutcome.Answered();
    private static readonly RunSpec Spec = new() { Model = Model };

    private readonly ManualClock _clock = new();
    private readonly ResilienceOptions _options = new();
    private readonly UpstreamPipelines _pipelines;
    private int _calls;

    public UpstreamPipelinesTests() => _pipelines = new UpstreamPipelines(_options, _clock);

    [Fact]
    public async Task An_answer_in_time_comes_through() => Assert.Same(Answered, await ConnectAsync(Answered));

    [Fact]
    public async Task Silence_until_the_deadline_is_a_refusal_and_ends_the_dispatch()
    {
        CancellationToken seen = default;
        var connect = _pipelines.ConnectAsync(Spec, Model, TimeSpan.FromSeconds(60), token => NeverAsync(token, out seen), CancellationToken.None);
        _clock.AdvanceMs(59_999);
        Assert.False(seen.IsCancellationRequested);
        _clock.AdvanceMs(1);
        Assert.Equal(RunErrorCodes.FirstEventTimeout, Code(await connect));
        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task A_cancellation_of_the_callers_own_is_no_timeout()
    {
        using var cancellation = new CancellationTokenSource();
        var connect = _pipelines.ConnectAsync(Spec, Model, TimeSpan.FromSeconds(60), static token => NeverAsync(token, out _), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connect);
    }

    [Theory]
    [InlineData(ErrorCodes.ProviderError, true)]
    [InlineData(ErrorCodes.GatewayError, true)]
    [InlineData(ErrorCodes.Timeout, true)]
    [InlineData(ErrorCodes.RateLimit, false)]
    [InlineData(ErrorCodes.Auth, false)]
    [InlineData(ErrorCodes.BadRequest, false)]
    [InlineData(ErrorCodes.NotFound, false)]
    public async Task Only_the_providers_faults_open_the_circuit(string code, bool opens)
    {
        await FailAsync(code, _options.CircuitMinimumThroughput);
        Assert.Equal(opens ? RunErrorCodes.CircuitOpen : code, Code(await ConnectAsync(Refused(code))));
        Assert.Equal(_options.CircuitMinimumThroughput + (opens ? 0 : 1), _calls);
    }

    [Fact]
    public async Task Silent_legs_open_it_as_well()
    {
        for (var i = 0; i < _options.CircuitMinimumThroughput; i++)
        {
            var connect = _pipelines.ConnectAsync(Spec, Model, TimeSpan.FromMilliseconds(10), static token => NeverAsync(token, out _), CancellationToken.None);
            _clock.AdvanceMs(10);
            Assert.Equal(RunErrorCodes.FirstEventTimeout, Code(await connect));
        }

        Assert.Equal(RunErrorCodes.CircuitOpen, Code(await ConnectAsync(Answered)));
    }

    /// <summary>Model names come from callers: an open circuit that is dropped for the many that come after it is not told of for ever.</summary>
    [Fact]
    public async Task Of_very_many_models_the_circuits_start_over_and_none_stays_open()
    {
        const string model = "openai/one-of-many";
        using var heard = new HeardMeasures(model);
        using var meter = new HostMeter(_clock);
        for (var i = 0; i < _options.CircuitMinimumThroughput; i++)
        {
            await _pipelines.ConnectAsync(Spec, model, TimeSpan.FromSeconds(60), static _ => Task.FromResult(Refused(ErrorCodes.ProviderError)), CancellationToken.None);
        }

        Assert.Equal(["1"], heard.Of("orchestrator.circuits.open"));
        Assert.Equal(["1"], heard.Of("orchestrator.circuits.opened"));
        Assert.Contains(meter.Read().OpenCircuits, static circuit => circuit.Model == model);
        for (var i = 0; i <= 4096; i++)
        {
            await _pipelines.ConnectAsync(Spec, $"openai/{i}", TimeSpan.FromSeconds(60), static _ => Task.FromResult(Answered), CancellationToken.None);
        }

        Assert.Equal(["1", "-1"], heard.Of("orchestrator.circuits.open"));
        Assert.DoesNotContain(meter.Read().OpenCircuits, static circuit => circuit.Model == model);
        Assert.Same(Answered, await _pipelines.ConnectAsync(Spec, model, TimeSpan.FromSeconds(60), static _ => Task.FromResult(Answered), CancellationToken.None));
    }

    [Fact]
    public async Task A_circuit_is_open_from_its_first_opening_to_its_closing()
    {
        const string model = "openai/probed";
        using var heard = new HeardMeasures(model);
        var meter = new CircuitMeter(model);
        await meter.OnOpened();
        await meter.OnOpened();
        await meter.OnClosed();
        await meter.OnClosed();
        await meter.OnOpened();
        meter.OnGone();
        await meter.OnOpened();
        meter.OnGone();

        Assert.Equal(["1", "-1", "1", "-1"], heard.Of("orchestrator.circuits.open"));
        Assert.Equal(["1", "1", "1"], heard.Of("orchestrator.circuits.opened"));
    }

    [Fact]
    public async Task Few_dispatches_never_open_it_and_half_of_many_do()
    {
        await FailAsync(ErrorCodes.ProviderError, _options.CircuitMinimumThroughput - 1);
        Assert.Same(Answered, await ConnectAsync(Answered));
        await FailAsync(ErrorCodes.ProviderError, 1);
        Assert.Equal(RunErrorCodes.CircuitOpen, Code(await ConnectAsync(Answered)));
    }

    [Fact]
    public async Task A_minority_of_failures_does_not_open_it()
    {
        for (var i = 0; i < 100; i++)
        {
            var outcome = i % 5 < 2 ? Refused(ErrorCodes.ProviderError) : Answered;
            Assert.Same(outcome, await ConnectAsync(outcome));
        }
    }

    [Fact]
    public async Task Failures_of_long_ago_are_forgotten()
    {
        await FailAsync(ErrorCodes.ProviderError, _options.CircuitMinimumThroughput - 1);
        _clock.Advance(_options.CircuitSampling * 2);
        await FailAsync(ErrorCodes.ProviderError, _options.CircuitMinimumThroughput - 1);
        Assert.Same(Answered, await ConnectAsync(Answered));
    }

    [Fact]
    public async Task An_open_circuit_says_when_to_come_back_and_then_lets_one_through_to_probe()
    {
        await FailAsync(ErrorCodes.ProviderError, _options.CircuitMinimumThroughput);
        _clock.AdvanceMs(5_000);
        var refused = Assert.IsType<ConnectOutcome.Refused>(await ConnectAsync(Answered));
        Assert.Equal((RunErrorCodes.CircuitOpen, true, (long?)10_000), (refused.Error.Code, refused.Error.Recoverable, refused.Error.RetryAfterMs));

        _clock.AdvanceMs(10_000);
        var answer = new TaskCompletionSource<ConnectOutcome>();
        var probe = _pipelines.ConnectAsync(Spec, Model, TimeSpan.FromSeconds(60), _ => answer.Task, CancellationToken.None);
        Assert.Equal(RunErrorCodes.CircuitOpen, Code(await ConnectAsync(Answered)));
        answer.SetResult(Answered);
        Assert.Same(Answered, await probe);
        Assert.Same(Answered, await ConnectAsync(Answered));
    }

    [Fact]
    public async Task A_probe_that_fails_opens_it_again()
    {
        await FailAsync(ErrorCodes.ProviderError, _options.CircuitMinimumThroughput);
        _clock.Advance(_options.CircuitBreak);
        Assert.Equal(ErrorCodes.GatewayError, Code(await ConnectAsync(Refused(ErrorCodes.GatewayError))));
        Assert.Equal(RunErrorCodes.CircuitOpen, Code(await ConnectAsync(Answered)));
        _clock.Advance(_options.CircuitBreak);
        Assert.Same(Answered, await ConnectAsync(Answered));
    }

    [Fact]
    public async Task Another_models_circuit_is_its_own()
    {
        await FailAsync(ErrorCodes.ProviderError, _options.CircuitMinimumThroughput);
        Assert.Same(
            Answered, await _pipelines.ConnectAsync(Spec, "openai/b", TimeSpan.FromSeconds(60), static _ => Task.FromResult(Answered), CancellationToken.None));
    }

    private async Task FailAsync(string code, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(code, Code(await ConnectAsync(Refused(code))));
        }
    }

    private Task<ConnectOutcome> ConnectAsync(ConnectOutcome outcome) => _pipelines.ConnectAsync(
        Spec,
        Model,
        TimeSpan.FromSeconds(60),
        _ =>
        {
            _calls++;
            return Task.FromResult(outcome);
        },
        CancellationToken.None);

    private static Task<ConnectOutcome> NeverAsync(CancellationToken token, out CancellationToken seen)
    {
        seen = token;
        return WaitAsync(token);

        static async Task<ConnectOutcome> WaitAsync(CancellationToken token)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return Answered;
        }
    }

    private static ConnectOutcome Refused(string code) => new ConnectOutcome.Refused(new RunError { Code = code, Message = "no" });

    private static string? Code(ConnectOutcome outcome) => (outcome as ConnectOutcome.Refused)?.Error.Code;
}
