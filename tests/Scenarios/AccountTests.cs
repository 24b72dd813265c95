using System.Globalization;
using System.Net;
using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>A service that has an account and no bridge: REST API and gateway endpoints, from the real process to the emulator.</summary>
public sealed class AccountTests
{
    private const string Input = """{"messages":[{"role":"user","content":"hello"}]}""";
    private const string AnthropicInput = """{"messages":[{"role":"user","content":"hello"}],"max_tokens":100}""";
    private const string Token = "cf-token-0123456789";

    [Fact]
    public async Task Every_way_of_an_account_serves_runs()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync($"--Emulator:Secret={Token}");
        await using var service = await StartAsync(directory, emulator);
        Assert.Contains("account acc over REST", await service.FirstLine, StringComparison.Ordinal);
        using var http = ServiceClient.Create(service.Address);
        using var gateway = ServiceClient.Create(emulator.Address);
        gateway.DefaultRequestHeaders.Add("Authorization", $"Bearer {Token}");

        await ShownAsync(http, "openai/gpt-5-mini~events=20~rate=0", Input, "", "run 0 openai/gpt-5-mini~events=20~rate=0", limit.Token);
        await ShownAsync(http, "@cf/meta/llama-3.1-8b~events=9~rate=0", Input, "", "run 0 @cf/meta/llama-3.1-8b~events=9~rate=0", limit.Token);
        await ShownAsync(
            http,
            "anthropic/claude-haiku-4.5~events=9~rate=0",
            AnthropicInput,
            ",\"gateway\":{\"cacheTtl\":60}",
            "gateway 0 anthropic/claude-haiku-4.5~events=9~rate=0",
            limit.Token);
        await ShownAsync(
            http,
            "openai/gpt-5-mini~status=503",
            Input,
            $$$""","gateway":{"metadata":{"run":"fallen"}},"fallback":{"mode":"server","models":["anthropic/b~events=9~rate=0"],"inputs":{"anthropic/b~events=9~rate=0":{{{AnthropicInput}}}}}""",
            "gateway 1 anthropic/b~events=9~rate=0",
            limit.Token);
        Assert.Equal(2, await DispatchesAsync(gateway, "fallen"));
    }

    [Fact]
    public async Task What_the_gateway_is_asked_for_reaches_it()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await StartAsync(directory, emulator);
        using var http = ServiceClient.Create(service.Address);
        using var gateway = ServiceClient.Create(emulator.Address);

        // Its own retry, which the run never sees: two dispatches in one attempt.
        var retried = await RunAsync(
            http,
            "openai/gpt-5-mini~events=9~rate=0~status=503x1",
            Input,
            """,  "gateway":{"metadata":{"run":"again"},"retries":{"maxAttempts":2,"retryDelayMs":1}}""",
            limit.Token);
        Assert.Equal("completed", retried.GetProperty("status").GetString());
        Assert.Equal(1, retried.GetProperty("attempts").GetArrayLength());
        Assert.Equal(2, await DispatchesAsync(gateway, "again"));

        // Its own limit on the first byte.
        var late = await RunAsync(
            http, "openai/gpt-5-mini~hold=20000", Input, """,  "retry":{"maxAttempts":1},"gateway":{"requestTimeoutMs":50}""", limit.Token);
        Assert.Equal("timeout", late.GetProperty("error").GetProperty("code").GetString());

        // Its log of the run, with the metadata, over REST.
        var log = await ServiceClient.GetJsonAsync(http, $"v1/runs/{retried.GetProperty("id").GetString()}/log");
        Assert.Contains("again", log.GetRawText(), StringComparison.Ordinal);

        using var refused = await http.PostAsync(
            new Uri("v1/runs", UriKind.Relative), ServiceClient.Json($$"""{"model":"alibaba/qwen","input":{{Input}},"byok":true}"""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("config", JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_rest_answer_with_a_run_id_is_taken_up_again_where_there_is_somewhere_to_ask()
    {
        const string Model = "openai/gpt-5-mini~events=60~rate=100~drop=2000";
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync("--Emulator:RestRunIds=true");
        await using var service = await StartAsync(directory, emulator, $"--Gateway:ResumeUrl={emulator.Address}");
        using var http = ServiceClient.Create(service.Address);
        using var gateway = ServiceClient.Create(emulator.Address);

        var run = await RunAsync(http, Model, Input, "", limit.Token);

        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        Assert.Equal(0, run.GetProperty("warnings").GetArrayLength());
        var attempt = Assert.Single(run.GetProperty("attempts").EnumerateArray());
        Assert.Equal("run", attempt.GetProperty("transport").GetString());
        Assert.True(attempt.GetProperty("resumable").GetBoolean());
        Assert.Equal(1, attempt.GetProperty("reattaches").GetInt32());
        var counters = await ServiceClient.GetJsonAsync(gateway, "emulator/counters");
        Assert.Equal(1, counters.GetProperty("perModel").GetProperty(Model).GetProperty("dispatches").GetInt32());
        Assert.Equal(
            await ServiceClient.GetBytesAsync(gateway, $"emulator/runs/{attempt.GetProperty("gatewayRunId").GetString()}/bytes"),
            await ServiceClient.GetBytesAsync(http, $"v1/runs/{run.GetProperty("id").GetString()}/stream?from=0"));
    }

    private static Task<ServiceProcess> StartAsync(TemporaryDirectory directory, ServiceProcess emulator, params string[] more) =>
        ServiceProcess.StartServiceAsync(
            directory.FullPath,
            gateway: null,
            address: null,
            [
                "--Gateway:AccountId=acc",
                $"--Gateway:ApiToken={Token}",
                $"--Gateway:ApiUrl={emulator.Address}client/v4",
                $"--Gateway:EndpointUrl={emulator.Address}v1",
                .. more,
            ]);

    /// <summary>The run completes with an answer, in one attempt that shows the way, the leg and the model, and with one warning about resuming.</summary>
    private static async Task ShownAsync(
        HttpClient http, string model, string input, string more, string shown, CancellationToken cancellationToken)
    {
        var run = await RunAsync(http, model, input, more, cancellationToken);
        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        Assert.NotEmpty(run.GetProperty("output").GetProperty("text").GetString()!);
        var attempt = Assert.Single(run.GetProperty("attempts").EnumerateArray());
        Assert.Equal(shown, string.Create(
            CultureInfo.InvariantCulture,
            $"{attempt.GetProperty("transport").GetString()} {attempt.GetProperty("leg").GetInt32()} {attempt.GetProperty("model").GetString()}"));
        Assert.False(attempt.GetProperty("resumable").GetBoolean());
        Assert.Equal("not-resumable", Assert.Single(run.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());

        var reader = new CursorReader(http, run.GetProperty("id").GetString()!, new Random(1));
        await reader.ReadToEndAsync(cancellationToken);
        Assert.Single(reader.Events, static one => one.Type == "warning");
        Assert.All(reader.Events, static one => Assert.DoesNotContain(Token, one.Data, StringComparison.Ordinal));
    }

    private static async Task<JsonElement> RunAsync(HttpClient http, string model, string input, string more, CancellationToken cancellationToken)
    {
        var id = await ServiceClient.SubmitAsync(http, $$"""{"model":"{{model}}","input":{{input}}{{more}}}""", Guid.NewGuid().ToString("N"), cancellationToken);
        return await ServiceClient.EndedAsync(http, id, cancellationToken);
    }

    private static async Task<int> DispatchesAsync(HttpClient gateway, string key) =>
        (await ServiceClient.GetJsonAsync(gateway, "emulator/counters")).GetProperty("perKey").GetProperty(key).GetProperty("dispatches").GetInt32();
}
