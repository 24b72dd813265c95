using System.Text.Json;
using Orchestrator.Api.Host;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Api.Tests.OpenApi;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Api.Tests.Host;

/// <summary>What <c>GET /v1/system</c> makes of a reading.</summary>
public sealed class HostJsonTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_host_that_serves_alone_is_the_one_in_the_list()
    {
        var system = Written(Reading());

        var host = Assert.Single(system.GetProperty("hosts").EnumerateArray());
        Assert.Equal(system.GetProperty("host").GetString(), host.GetProperty("name").GetString());
        Assert.Equal(system.GetProperty("version").GetString(), host.GetProperty("version").GetString());
        Assert.Equal("2026-11-25T11:00:00Z", host.GetProperty("startedAt").GetString());
        Assert.Equal(3, host.GetProperty("activeRuns").GetInt64());
        Assert.True(host.GetProperty("answers").GetBoolean());
    }

    [Fact]
    public async Task Hosts_that_serve_together_are_listed_and_what_they_alone_could_tell_is_left_open()
    {
        var system = Written(
            Reading(),
            new HostEntry("silo-1", "active", Now.AddHours(-2), Version: null, ActiveRuns: null, IsThis: false),
            new HostEntry("silo-2", "active", Now.AddHours(-1), Version: null, ActiveRuns: null, IsThis: true));

        var hosts = system.GetProperty("hosts").EnumerateArray().ToArray();
        Assert.Equal("silo-1 silo-2", string.Join(' ', hosts.Select(static host => host.GetProperty("name").GetString())));
        Assert.Equal(JsonValueKind.Null, hosts[0].GetProperty("activeRuns").ValueKind);
        Assert.Equal(3, hosts[1].GetProperty("activeRuns").GetInt64());
        Assert.Equal(system.GetProperty("version").GetString(), hosts[1].GetProperty("version").GetString());
        await using var host = await ApiHost.StartAsync();
        using var document = await host.Http.GetAsync("/openapi/v1.json");
        Assert.Empty(SchemaCheck.Differences(await document.ReadJsonAsync(), HostOperations.Schema, system));
    }

    [Theory]
    [InlineData(4, "open", "2026-11-25T12:00:11Z")]
    [InlineData(15, "probing", "2026-11-25T12:00:00Z")]
    [InlineData(40, "probing", "2026-11-25T11:59:35Z")]
    public void An_open_circuit_says_until_when(int openedBeforeSeconds, string state, string until)
    {
        var system = Written(Reading() with { OpenCircuits = [new OpenCircuit("openai/gpt-5-mini", Now.AddSeconds(-openedBeforeSeconds))] });

        var circuit = Assert.Single(system.GetProperty("circuits").EnumerateArray());
        Assert.Equal(state, circuit.GetProperty("state").GetString());
        Assert.Equal(until, circuit.GetProperty("until").GetString());
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(-5, null, true)]
    [InlineData(null, -5, false)]
    [InlineData(-5, -9, true)]
    [InlineData(-9, -5, false)]
    public void The_gateway_is_well_when_it_has_answered_since_it_failed(int? answered, int? failed, bool? healthy)
    {
        var gateway = Written(Reading() with
        {
            LastAnswer = answered is { } at ? Now.AddSeconds(at) : null,
            LastTrouble = failed is { } trouble ? new UpstreamTrouble(Now.AddSeconds(trouble), "openai/gpt-5-mini", "provider-error") : null,
        }).GetProperty("gateway");

        Assert.Equal(healthy, gateway.GetProperty("healthy") is { ValueKind: not JsonValueKind.Null } told ? told.GetBoolean() : null);
    }

    private static HostReading Reading() => new()
    {
        CommitsPerSecond = 1,
        CommitP50 = 0.001,
        CommitP99 = 0.002,
        EventsPerSecond = 2,
        OpenCircuits = [],
        Phases = new Dictionary<string, long>(StringComparer.Ordinal) { ["streaming"] = 2, ["queued"] = 1 },
    };

    private static JsonElement Written(HostReading reading, params HostEntry[] hosts)
    {
        var answer = new HostAnswer(
            new HostFacts("SQLite", "emulator"), new EngineOptions(), hosts.Length == 0 ? null : hosts, reading, Ready: true, Reason: null,
            Now, Now.AddHours(-1), ResidentBytes: 1);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            HostJson.Write(json, answer);
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
