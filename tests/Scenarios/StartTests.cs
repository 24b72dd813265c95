using System.Net;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task With_no_setting_it_serves_runs_from_the_emulator_and_says_so_first()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        var line = await service.FirstLine;
        Assert.Contains(service.Address.ToString().TrimEnd('/'), line, StringComparison.Ordinal);
        Assert.Contains("emulator", line, StringComparison.Ordinal);
        Assert.Contains("SQLite", line, StringComparison.Ordinal);

        using var http = ServiceClient.Create(service.Address);
        var id = await ServiceClient.SubmitAsync(
            http, """{"model":"openai/gpt-5-mini~events=5~rate=0","input":{"messages":[{"role":"user","content":"hello"}]}}""", "start", default);
        using var output = await ServiceClient.OutputAsync(http, id, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, output.StatusCode);
        Assert.NotEmpty(await output.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task With_no_setting_the_gateway_path_is_served_too()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        using var http = ServiceClient.Create(service.Address);

        var id = await ServiceClient.SubmitAsync(
            http,
            """{"model":"mistral/large~events=5~rate=0","input":{"messages":[{"role":"user","content":"hello"}]},"transport":"gateway"}""",
            "gateway",
            default);

        using var output = await ServiceClient.OutputAsync(http, id, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, output.StatusCode);
        var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
        Assert.Equal("gateway", run.GetProperty("attempts")[0].GetProperty("transport").GetString());
    }

    [Fact]
    public async Task An_account_beside_a_bridge_is_said_to_be_of_no_use()
    {
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await ServiceProcess.StartServiceAsync(
            directory.FullPath, emulator.Address, address: null, "--Gateway:AccountId=acc", "--Gateway:ApiToken=token");

        Assert.Contains("Gateway:AccountId (acc) is not used, everything goes over the bridge", await service.FirstLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Gateway:AccountId=a", "Gateway:ApiToken is missing")]
    [InlineData("--Gateway:ApiToken=t", "set that to the account's id")]
    [InlineData("--Gateway:BridgeUrl=bridge.example.com", "Gateway:BridgeUrl is not a base URL")]
    [InlineData("--Gateway:BridgeSecret=two words", "Gateway:BridgeSecret has characters that can not travel in a header: give it in visible ASCII, without spaces")]
    [InlineData("--Gateway:ResumeUrl=http://127.0.0.1:1/", "Gateway:ResumeUrl does nothing without Gateway:AccountId")]
    [InlineData("--Journal:Provider=Postgres", "Journal:Provider")]
    [InlineData("--Retention:Days=soon", "Retention:Days")]
    [InlineData("--Prices:openai/a:CachedInput=cheap", "Prices:openai/a")]
    public async Task A_setting_that_can_not_be_followed_is_named(string setting, string named)
    {
        using var directory = new TemporaryDirectory();
        await using var service = ServiceProcess.LaunchService(directory.FullPath, null, ServiceProcess.AnyPort, setting);
        Assert.NotEqual(0, await service.ExitCodeAsync());
        Assert.Contains(named, service.Errors, StringComparison.Ordinal);
    }
}
