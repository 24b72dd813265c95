using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>A service with upstreams of its configuration, from the real process to an emulator that plays one of each wire.</summary>
public sealed class DirectUpstreamTests
{
    private const string Key = "sk-direct-0123456789SECRET";
    private const string Whole = "mistral/m~events=60~rate=0";

    [Fact]
    public async Task Both_wires_serve_runs_without_any_gateway()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await StartAsync(directory, emulator, gateway: null);
        var line = await service.FirstLine;
        Assert.Contains("gateway: none | upstreams: claude (Anthropic, ", line, StringComparison.Ordinal);
        using var http = ServiceClient.Create(service.Address);

        foreach (var model in new[] { "local/m~events=9~rate=0", "LOCAL/meta/m~events=9~rate=0", "claude/m~events=9~rate=0" })
        {
            var run = await RunAsync(http, model, "", limit.Token);

            Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
            Assert.NotEmpty(run.GetProperty("output").GetProperty("text").GetString()!);
            Assert.True(run.GetProperty("usage").GetProperty("outputTokens").GetInt64() > 0, run.GetRawText());
            Assert.Equal($"0 {model} direct False", Shown(Assert.Single(run.GetProperty("attempts").EnumerateArray())));
            Assert.Equal("not-resumable", Assert.Single(run.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());
        }

        await RefusedAsync(http, "openai/gpt-5-mini", "", "/model", "No gateway is configured");
        await RefusedAsync(http, "local/m", ",\"resume\":true", "/resume", "local is asked without it");
        await RefusedAsync(http, "local/m", ",\"fallback\":{\"mode\":\"server\",\"models\":[\"claude/m\"]}", "/fallback/mode", "needs the gateway");
        await NowhereAsync(directory, service, http, limit.Token);
    }

    /// <summary>The answer begins at a gateway's model, whose stream is cut for good, and is finished by an upstream of one's own.</summary>
    [Theory]
    [InlineData("openai/gpt-5-mini~events=60~rate=0~truncate=40", "claude/m~events=60~rate=0", "run direct")]
    [InlineData("openai/gpt-5-mini~events=60~rate=0~truncate=40", "local/m~events=60~rate=0", "run direct")]
    [InlineData("claude/m~events=60~rate=0~drop=4000", "local/m~events=60~rate=0", "direct direct")]
    [InlineData("local/m~events=60~rate=0~drop=4000", "openai/gpt-5-mini~events=60~rate=0", "direct run")]
    public async Task Another_leg_goes_on_where_the_first_stopped(string first, string second, string transports)
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await StartAsync(directory, emulator, emulator.Address);
        using var http = ServiceClient.Create(service.Address);

        var run = await RunAsync(http, first, $$""","fallback":{"models":["{{second}}"]},"onStreamFailure":"continue" """, limit.Token);

        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        var attempts = run.GetProperty("attempts").EnumerateArray().ToArray();
        Assert.Equal(transports, string.Join(' ', attempts.Select(static attempt => attempt.GetProperty("transport").GetString())));
        Assert.Equal((1, "user-turn"), (attempts[1].GetProperty("leg").GetInt32(), attempts[1].GetProperty("continuation").GetString()));
        Assert.True(attempts[0].GetProperty("events").GetInt64() > 0, run.GetRawText());
        var whole = await RunAsync(http, Whole, "", limit.Token);
        Assert.Equal(whole.GetProperty("output").GetProperty("text").GetString(), run.GetProperty("output").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Failures_before_the_first_event_are_tried_again_and_the_key_is_in_no_error()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await StartAsync(directory, emulator, emulator.Address);
        using var http = ServiceClient.Create(service.Address);

        var run = await RunAsync(http, "local/m~events=9~rate=0~status=503x2", ",\"retry\":{\"maxAttempts\":3,\"delayMs\":100}", limit.Token);
        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        Assert.Equal(3, run.GetProperty("attempts").GetArrayLength());

        var refused = await RunAsync(http, "local/m~status=401", "", limit.Token);
        Assert.Equal("failed", refused.GetProperty("status").GetString());
        Assert.Single(refused.GetProperty("attempts").EnumerateArray());
        await NowhereAsync(directory, service, http, limit.Token);
    }

    [Theory]
    [InlineData("--Upstreams:local:ApiKey=" + Key, "Upstreams:local:BaseUrl: Give an absolute http or https URL")]
    [InlineData("--Upstreams:local:BaseUrl=llm.example.com", "Upstreams:local:BaseUrl: Give an absolute http or https URL")]
    [InlineData("--Upstreams:local=http://llm.test/v1", "set Upstreams:local:BaseUrl")]
    [InlineData("--Upstreams:local:Url=http://llm.test/v1", "Upstreams:local:Url is no setting")]
    [InlineData("--Upstreams:openai:BaseUrl=http://llm.test/v1", "choose another, e.g. openai-direct")]
    [InlineData("--Upstreams:local:Wire=soap", "Upstreams:local:Wire: Give openai or anthropic.")]
    [InlineData("--Upstreams:local:TakesStreamOptions=perhaps", "Upstreams:local:TakesStreamOptions is neither true nor false")]
    [InlineData("--Upstreams:local:ApiKey=" + Key + " \u00e9", "Upstreams:local:ApiKey: Give")]
    [InlineData("--Upstreams:local:ApiKey=two words " + Key, "Upstreams:local:ApiKey: Give")]
    public async Task A_setting_that_can_not_be_followed_is_named_and_no_key_is_shown(string setting, string named)
    {
        using var directory = new TemporaryDirectory();
        await using var service = ServiceProcess.LaunchService(directory.FullPath, null, ServiceProcess.AnyPort, setting);
        Assert.NotEqual(0, await service.ExitCodeAsync());
        Assert.Contains(named, service.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, service.Errors, StringComparison.Ordinal);
    }

    private static Task<ServiceProcess> StartAsync(TemporaryDirectory directory, ServiceProcess emulator, Uri? gateway) =>
        ServiceProcess.StartServiceAsync(
            directory.FullPath,
            gateway,
            address: null,
            $"--Upstreams:local:BaseUrl={emulator.Address}v1/acc/gw/mistral/v1",
            $"--Upstreams:local:ApiKey={Key}",
            $"--Upstreams:claude:BaseUrl={emulator.Address}v1/acc/gw/anthropic",
            $"--Upstreams:claude:ApiKey={Key}",
            "--Upstreams:claude:Wire=anthropic");

    private static string Shown(JsonElement attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{attempt.GetProperty("leg").GetInt32()} {attempt.GetProperty("model").GetString()} {attempt.GetProperty("transport").GetString()} {attempt.GetProperty("resumable").GetBoolean()}");

    private static async Task<JsonElement> RunAsync(HttpClient http, string model, string more, CancellationToken cancellationToken)
    {
        var id = await ServiceClient.SubmitAsync(http, Body(model, more), Guid.NewGuid().ToString("N"), cancellationToken);
        return await ServiceClient.EndedAsync(http, id, cancellationToken);
    }

    private static async Task RefusedAsync(HttpClient http, string model, string more, string pointer, string said)
    {
        using var response = await http.PostAsync(new Uri("v1/runs", UriKind.Relative), ServiceClient.Json(Body(model, more)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains(
            JsonElement.Parse(text).GetProperty("errors").EnumerateArray(),
            error => error.GetProperty("pointer").GetString() == pointer && error.GetProperty("message").GetString()!.Contains(said, StringComparison.Ordinal));
    }

    private static string Body(string model, string more) =>
        $$"""{"model":"{{model}}","input":{"messages":[{"role":"user","content":"hello"}],"max_tokens":100}{{more}}}""";

    /// <summary>The key is in no file, no line of the log, and nothing that a caller reads.</summary>
    private static async Task NowhereAsync(TemporaryDirectory directory, ServiceProcess service, HttpClient http, CancellationToken cancellationToken)
    {
        var list = await http.GetStringAsync(new Uri("v1/runs", UriKind.Relative), cancellationToken);
        foreach (var run in JsonElement.Parse(list).GetProperty("runs").EnumerateArray())
        {
            var id = run.GetProperty("id").GetString();
            foreach (var path in new[] { $"v1/runs/{id}", $"v1/runs/{id}/events" })
            {
                Assert.DoesNotContain(Key, await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken), StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain(Key, service.Errors + await service.FirstLine, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(directory.FullPath, "*", SearchOption.AllDirectories), static path => FileText(path).Contains(Key, StringComparison.Ordinal));
    }

    private static string FileText(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return Encoding.Latin1.GetString(copy.ToArray());
    }
}
