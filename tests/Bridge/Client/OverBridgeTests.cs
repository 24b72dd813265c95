using System.Buffers;
using System.Text;
using System.Text.Json;
using Orchestrator.Bridge.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Bridge.Tests.Client;

/// <summary>The project's gateway client over the bridge in the Workers runtime.</summary>
public sealed class OverBridgeTests(SteppedSite site) : IClassFixture<SteppedSite>, IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly HttpMessageInvoker _http = new(BridgeHttp.CreateHandler());

    public void Dispose() => _http.Dispose();

    [BridgeTheory]
    [InlineData("openai/m~events=80", WireFormat.OpenAi)]
    [InlineData("anthropic/m~events=80~crlf", WireFormat.Anthropic)]
    public async Task A_run_is_streamed_from_its_first_event_to_its_last(string model, WireFormat wire)
    {
        await using var stream = Assert.IsType<StreamReply>(await Client().RunAsync(Run(model), CancellationToken.None));
        Assert.Equal(wire, stream.Wire);
        Assert.NotNull(stream.Headers.LogId);
        var (events, end) = await TakeAsync(stream.Events);
        Assert.Equal(StreamSignalKind.CleanEnd, end.Kind);
        Assert.Equal(await SentAsync(stream.Headers.RunId!), string.Concat(events));
    }

    [BridgeTheory]
    [InlineData("openai/m~events=200~drop=9000~first=1000")]
    [InlineData("openai/m~events=200~dropevery=7000~rate=2000~first=1000")]
    [InlineData("google/m~events=200~cleanend=40~first=1000")]
    [InlineData("anthropic/m~events=200~drop=1~comments=inside~first=1000")]
    public async Task A_run_whose_connection_breaks_is_taken_up_at_the_next_event(string model)
    {
        var client = Client();
        await using var first = Assert.IsType<StreamReply>(await client.RunAsync(Run(model), CancellationToken.None));
        var runId = first.Headers.RunId!;
        var expected = await SentAsync(runId);

        // It breaks when its beginning is here: a reset that comes sooner may take that with it.
        site.Clock.AdvanceMs(5000);
        var (events, end) = await TakeAsync(first.Events);
        Assert.True(events.Count < Count(expected), "Nothing broke.");
        if (!model.Contains("cleanend", StringComparison.Ordinal))
        {
            Assert.Equal(StreamSignalKind.Broken, end.Kind);
            Assert.Equal(ErrorCodes.GatewayError, end.Error!.Code);
        }

        for (var resumes = 0; string.Concat(events) != expected; resumes++)
        {
            Assert.True(resumes < 20, "The run is never whole.");
            var reply = await client.ResumeAsync(new ResumeRequest("default", runId, events.Count, first.Wire), CancellationToken.None);
            if (reply is FailureReply { Error.Code: ErrorCodes.GatewayError })
            {
                // What is there already comes at once, and so does the next break.
                continue;
            }

            await using var next = Assert.IsType<StreamReply>(reply);
            events.AddRange((await TakeAsync(next.Events)).Events);
        }

        Assert.Equal(1, site.Emulator.Counters.Runs.Single(run => run.RunId == runId).Dispatches);
    }

    [BridgeFact]
    public async Task A_run_that_the_gateway_no_longer_knows_is_resume_expired()
    {
        var reply = await Client().ResumeAsync(
            new ResumeRequest("default", "01M7YH9QSTDMZBAM3X2TFY1GXR", 3, WireFormat.OpenAi), CancellationToken.None);
        Assert.Equal(ErrorCodes.ResumeExpired, Assert.IsType<FailureReply>(reply).Error.Code);
    }

    [BridgeFact]
    public async Task A_rate_limit_says_how_long_to_wait()
    {
        var reply = await Client().RunAsync(Run("openai/m~status=429~retryafter=3"), CancellationToken.None);
        var error = Assert.IsType<FailureReply>(reply).Error;
        Assert.Equal((ErrorCodes.RateLimit, TimeSpan.FromSeconds(3)), (error.Code, error.RetryAfter));
    }

    [BridgeFact]
    public async Task A_log_is_read_given_feedback_and_missed()
    {
        var client = Client();
        var run = Assert.IsType<DocumentReply>(await client.RunAsync(Run("openai/m") with { Stream = false }, CancellationToken.None));
        Assert.Null(await client.PatchLogAsync("default", run.Headers.LogId!, new LogPatch { Feedback = 1, Score = 5 }, CancellationToken.None));

        var log = await client.GetLogAsync("default", run.Headers.LogId!, CancellationToken.None);
        using var document = JsonDocument.Parse(log.Body);
        Assert.Equal(1, document.RootElement.GetProperty("feedback").GetInt32());

        var missing = await client.GetLogAsync("default", "none", CancellationToken.None);
        Assert.Equal(ErrorCodes.NotFound, missing.Error!.Code);
        Assert.Equal(ErrorCodes.NotFound, (await client.PatchLogAsync("default", "none", new LogPatch { Score = 1 }, CancellationToken.None))!.Code);
    }

    [BridgeFact]
    public async Task A_url_is_had_with_and_without_a_provider()
    {
        var gateway = (await Client().GetUrlAsync("default", null, CancellationToken.None)).Url;
        var provider = (await Client().GetUrlAsync("default", "openai", CancellationToken.None)).Url;
        Assert.Equal(gateway + "openai", provider);
    }

    [BridgeTheory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Another_secret_is_an_auth_error(string? secret)
    {
        var client = Client(secret);
        var run = Assert.IsType<FailureReply>(await client.RunAsync(Run("openai/m"), CancellationToken.None)).Error;
        Assert.Equal((ErrorCodes.Auth, 401, false), (run.Code, run.Status, run.Recoverable));
        var resume = await client.ResumeAsync(new ResumeRequest("default", "r", 0, WireFormat.OpenAi), CancellationToken.None);
        Assert.Equal(ErrorCodes.Auth, Assert.IsType<FailureReply>(resume).Error.Code);
        Assert.Equal(ErrorCodes.Auth, (await client.GetLogAsync("default", "l", CancellationToken.None)).Error!.Code);
        Assert.Equal(ErrorCodes.Auth, (await client.GetUrlAsync("default", null, CancellationToken.None)).Error!.Code);
    }

    private static RunRequest Run(string model) => new()
    {
        Model = model,
        Inputs = Encoding.UTF8.GetBytes("""{"messages":[{"role":"user","content":"hello"}]}"""),
    };

    private AiGatewayClient Client(string? secret = BridgeSite.Secret) =>
        new(_http, new BridgeOptions { Url = site.Worker.Address, Secret = secret });

    /// <summary>What the gateway sends of a run where nothing breaks.</summary>
    private Task<string> SentAsync(string runId) => site.Direct.GetStringAsync(new Uri($"/emulator/runs/{runId}/bytes", UriKind.Relative));

    private static int Count(string stream) => stream.Split("\n\n").Length - 1;

    private static async Task<(List<string> Events, StreamSignal End)> TakeAsync(IEventStream stream)
    {
        var events = new List<string>();
        while (true)
        {
            var signal = await stream.WaitAsync(CancellationToken.None).AsTask().WaitAsync(Bound);
            if (signal.Kind != StreamSignalKind.Events)
            {
                return (events, signal);
            }

            while (stream.TryRead(out var raw))
            {
                events.Add(Encoding.UTF8.GetString(raw.ToArray()));
            }
        }
    }
}
