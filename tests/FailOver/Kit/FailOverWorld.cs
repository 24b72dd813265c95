using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Emulator;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.FailOver.Tests.Kit;

/// <summary>
/// The engine over real connections to the emulator, which plays the gateway and two upstreams of one's own: <c>local/…</c> (OpenAI's wire)
/// and <c>claude/…</c> (Anthropic's). Both sides live by one clock that moves only when a test moves it.
/// </summary>
internal sealed class FailOverWorld : IAsyncDisposable
{
    public const string Tenant = "tenant";

    private readonly EmulatorHost _emulator;
    private readonly HttpMessageInvoker _http;
    private readonly HttpClient _control;
    /// <summary>What else a run waits for takes this long or longer.</summary>
    private static readonly TimeSpan LongestRetryWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private readonly ConcurrentQueue<TimeSpan> _retryWaits = new();

    private FailOverWorld(EmulatorHost emulator, ManualClock clock, EngineOptions options)
    {
        Clock = clock;
        clock.TimerSet = OnTimerSet;
        _emulator = emulator;
        _control = new HttpClient { BaseAddress = emulator.Address };
        _http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        var client = new AiGatewayClientOptions { Time = clock };
        var gateway = new AiGatewayOptions { Bridge = new BridgeOptions { Url = emulator.Address }, Client = client };
        var upstreams = new DirectUpstreams(
            _http,
            [
                new DirectUpstream { Name = "local", BaseUrl = new Uri(emulator.Address, "v1/acc/gw/mistral/v1") },
                new DirectUpstream { Name = "claude", BaseUrl = new Uri(emulator.Address, "v1/acc/gw/anthropic"), Wire = WireFormat.Anthropic },
            ],
            new AiGateway(_http, gateway),
            client);
        Runs = new EmbeddedRuns(
            new MemoryJournal(),
            new AiGatewayUpstream(upstreams, "default", gateway.RunPathResume, [], upstreams),
            new PlainSeal(),
            options,
            clock,
            new Random(1),
            NullLogger<EmbeddedRuns>.Instance);
    }

    public ManualClock Clock { get; }

    public EmbeddedRuns Runs { get; }

    public static async Task<FailOverWorld> StartAsync(Action<EngineOptions>? configure = null)
    {
        var options = new EngineOptions { KeepAlive = Timeout.InfiniteTimeSpan };
        configure?.Invoke(options);
        var clock = new ManualClock();
        return new FailOverWorld(await EmulatorHost.StartAsync(new EmulatorOptions { DefaultRate = 0 }, time: clock), clock, options);
    }

    /// <param name="spec">The run.</param>
    /// <param name="more">Of its input, from a comma on.</param>
    public async Task<FollowedRun> SubmitAsync(RunSpec spec, string more = "")
    {
        var input = Encoding.UTF8.GetBytes($$"""{"messages":[{"role":"user","content":"hello"}],"max_tokens":100{{more}}}""");
        var outcome = await Runs.SubmitAsync(
            new Submission { Tenant = Tenant, Spec = spec, Inputs = new RunInputs(input, RunInputs.None) }, TestContext.Current.CancellationToken);
        var id = Assert.IsType<SubmitOutcome.Accepted>(outcome).Run.Id;
        return new FollowedRun(this, id, Assert.IsType<OpenedReader.Opened>(await Runs.OpenEventsAsync(Tenant, id, 0, CancellationToken.None)).Reader);
    }

    /// <summary>The run from its submission to its end, for runs that have nothing to wait for.</summary>
    public async Task<RunView> RunAsync(RunSpec spec)
    {
        using var run = await SubmitAsync(spec);
        return await run.EndAsync();
    }

    /// <summary>What the answer says where nothing goes wrong: the same for every model that has as many events.</summary>
    public async Task<string> WholeTextAsync(int events) =>
        (await RunAsync(new RunSpec { Model = $"openai/whole~events={events}" })).Output.Text;

    /// <summary>Requests that reached the model, refused ones too.</summary>
    /// <param name="model">As the upstream is sent it: an upstream of one's own is not told its own name.</param>
    public long Dispatches(string model) => _emulator.Counters.PerModel.GetValueOrDefault(model)?.Dispatches ?? 0;

    /// <summary>Lets the time pass for which a run waits until it tries a leg again. False: it does not, or not yet.</summary>
    /// <param name="except">What is as short, and waited for by something else.</param>
    public bool PassRetryWait(TimeSpan? except = null)
    {
        if (!_retryWaits.TryDequeue(out var wait) || wait == except)
        {
            return false;
        }

        Clock.Advance(wait);
        return true;
    }

    /// <summary>
    /// Something has waited for so long. How much of the clock's time passes meanwhile says less: it goes on before a wait begins, and after it.
    /// </summary>
    public void HasWaited(double seconds, double atMost) => Assert.Contains(
        _waits, wait => wait >= TimeSpan.FromSeconds(seconds) && wait <= TimeSpan.FromSeconds(atMost));

    /// <summary>Something waits, or has waited, for exactly so long.</summary>
    public bool Waited(TimeSpan time) => _waits.Contains(time);

    /// <summary>How often something was about to wait for exactly so long.</summary>
    public int Waits(TimeSpan time) => _waits.Count(wait => wait == time);

    public long AllDispatches => _emulator.Counters.Dispatches;

    public async Task FaultAsync(string model, string keys)
    {
        using var content = new StringContent(keys, Encoding.UTF8, "application/json");
        using var response = await _control.PutAsync(new Uri($"emulator/faults/{model}", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    public async Task HealAsync()
    {
        using var response = await _control.DeleteAsync(new Uri("emulator/faults", UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await Runs.StopAsync();
        _control.Dispose();
        _http.Dispose();
        await _emulator.DisposeAsync();
    }

    private void OnTimerSet(TimeSpan wait)
    {
        _waits.Enqueue(wait);
        if (wait < LongestRetryWait)
        {
            _retryWaits.Enqueue(wait);
        }
    }
}
