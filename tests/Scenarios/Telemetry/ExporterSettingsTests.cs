using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>The standard's settings, as the process follows them.</summary>
public sealed class ExporterSettingsTests
{
    private const string Model = "openai/gpt-5-mini~events=30~rate=0~drop=2000";

    [Fact]
    public async Task Over_gRPC_with_headers_compression_and_a_name_of_its_own()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await RunAsync(
            "--OTEL_EXPORTER_OTLP_ENDPOINT", collector.GrpcAddress.ToString(), "--OTEL_EXPORTER_OTLP_HEADERS", "x-collector-key=abc",
            "--OTEL_EXPORTER_OTLP_COMPRESSION", "gzip", "--OTEL_METRICS_EXEMPLAR_FILTER", "always_off", "--OTEL_SERVICE_NAME", "named",
            "--OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=first,service.name=other,deployment.environment.name=test");

        Assert.Equal(
            ["logs", "metrics", "traces"],
            [.. collector.Requests.Select(static request => request.Signal).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        Assert.All(collector.Requests, static request =>
        {
            Assert.Equal("HTTP/2", request.Protocol);
            Assert.Equal("abc", request.Headers["x-collector-key"]);
            Assert.Equal("gzip", request.Headers["grpc-encoding"]);
            Assert.Equal("named", request.Resource["service.name"]);
            Assert.Equal("first", request.Resource["service.instance.id"]);
            Assert.Equal("test", request.Resource["deployment.environment.name"]);
            Assert.Matches(@"^\d+\.\d+\.\d+$", request.Resource["service.version"]);
        });
        Assert.Contains(collector.Spans, static span => span.Name == $"run {Model}");
        Assert.NotEmpty(collector.Lines);
        Assert.Contains(collector.Points, static point => point.Metric == "orchestrator.run.duration");
        Assert.All(collector.Points, static point => Assert.Empty(point.Exemplars));
    }

    [Fact]
    public async Task Each_signal_goes_where_it_is_said_to()
    {
        await using var general = await OtlpReceiver.StartAsync();
        await using var special = await OtlpReceiver.StartAsync();
        await RunAsync(
            "--OTEL_EXPORTER_OTLP_ENDPOINT", general.Address.ToString(), "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
            "--OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", new Uri(special.Address, "v1/traces").ToString(), "--OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-collector-key=abc",
            "--OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", special.GrpcAddress.ToString(), "--OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "grpc", "--OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", "gzip",
            "--OTEL_METRIC_EXPORT_INTERVAL", "100");

        Assert.All(general.Requests, static request => Assert.Equal(("metrics", "HTTP/1.1", false), (request.Signal, request.Protocol, request.Headers.ContainsKey("x-collector-key"))));
        Assert.NotEmpty(general.Points);
        Assert.All(special.Requests, static request => Assert.Equal(
            request.Signal == "traces" ? ("traces", "HTTP/1.1", true, false) : ("logs", "HTTP/2", false, true),
            (request.Signal, request.Protocol, request.Headers.ContainsKey("x-collector-key"), request.Headers.ContainsKey("grpc-encoding"))));
        Assert.Contains(special.Spans, static span => span.Name == $"run {Model}");
        Assert.NotEmpty(special.Lines);
        Assert.All(special.Requests, static request => Assert.Equal("orchestrator", request.Resource["service.name"]));
    }

    [Fact]
    public async Task What_is_not_sampled_is_not_sent_and_is_measured_all_the_same()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await RunAsync([.. collector.Settings, "--OTEL_TRACES_SAMPLER", "parentbased_traceidratio", "--OTEL_TRACES_SAMPLER_ARG", "0"]);

        Assert.Empty(collector.Spans);
        Assert.NotEmpty(collector.Lines);
        var duration = collector.Points.Last(static point => point.Metric == "orchestrator.run.duration");
        Assert.Equal(1, duration.Value);
        Assert.Empty(duration.Exemplars);
        Assert.Contains(collector.Points, static point => point.Metric == "gen_ai.client.token.usage");
    }

    [Fact]
    public async Task What_is_disabled_sends_nothing()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await RunAsync([.. collector.Settings, "--OTEL_SDK_DISABLED", "True", "--OTEL_TRACES_SAMPLER", "what nobody reads then"]);

        Assert.Empty(collector.Requests);
    }

    /// <summary>A run to its end, and the end of the service: by then everything is sent.</summary>
    private static async Task RunAsync(params string[] settings)
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null, settings: settings);
        using var http = ServiceClient.Create(service.Address);
        using var limit = new CancellationTokenSource(Patience.OfATest);
        var run = await ServiceClient.SubmitAsync(http, $$"""{"model": "{{Model}}", "input": {"messages": []} }""", "settings", limit.Token);
        await new CursorReader(http, run, new Random(1)).ReadToEndAsync(limit.Token);
        Assert.Equal(0, (await service.TerminateAsync(Patience.OfAStep)).ExitCode);
    }
}
