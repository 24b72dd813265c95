using Microsoft.Extensions.Configuration;
using Orchestrator.Telemetry;

namespace Orchestrator.Scenarios.Tests.Telemetry;

public sealed class TelemetrySettingsTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Collector = "http://127.0.0.1:4317";

    [Theory]
    [InlineData("", false, false, false)]
    [InlineData($"{Endpoint}={Collector}", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=https://collector/v1/metrics", false, true, false)]
    [InlineData("OTEL_LOGS_EXPORTER=otlp", false, false, true)]
    [InlineData("OTEL_LOGS_EXPORTER=OTLP", false, false, true)]
    [InlineData($"{Endpoint}={Collector};OTEL_TRACES_EXPORTER=none", false, true, true)]
    [InlineData($"{Endpoint}={Collector};OTEL_TRACES_EXPORTER=None;OTEL_METRICS_EXPORTER=", false, true, true)]
    [InlineData($"{Endpoint}={Collector};OTEL_SDK_DISABLED=TRUE", false, false, false)]
    [InlineData($"{Endpoint}={Collector};OTEL_SDK_DISABLED=1", true, true, true)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY=never", false, false, false)]
    public void A_signal_is_sent_where_somebody_is_said_to_listen(string settings, bool traces, bool metrics, bool logs)
    {
        var read = Read(settings);
        Assert.Equal((traces, metrics, logs), (read.Traces, read.Metrics, read.Logs));
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER=console", "otlp or none")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=collector:4318", "an http or https URL")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=http/json", "grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http", "grpc or http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION=zstd", "none or gzip")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT=10s", "a whole number above 0")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=0", "a whole number above 0")]
    [InlineData("OTEL_TRACES_SAMPLER=sometimes", "always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off or parentbased_traceidratio")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG=10%", "a share of the traces, from 0 to 1")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG=1.5", "a share of the traces, from 0 to 1")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG=NaN", "a share of the traces, from 0 to 1")]
    [InlineData("OTEL_METRICS_EXEMPLAR_FILTER=all", "trace_based, always_on or always_off")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL=-1", "a whole number above 0")]
    [InlineData("OTEL_METRIC_EXPORT_TIMEOUT=1.5", "a whole number above 0")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY=soon", "a whole number above 0")]
    [InlineData("OTEL_BSP_EXPORT_TIMEOUT=", null)]
    [InlineData("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE=2049", "at most OTEL_BLRP_MAX_QUEUE_SIZE, 2048")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE=511", "at most OTEL_BSP_MAX_QUEUE_SIZE, 511")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE=512", null)]
    [InlineData("OTEL_TRACES_SAMPLER=ParentBased_TraceIdRatio;OTEL_TRACES_SAMPLER_ARG=0.25;OTEL_EXPORTER_OTLP_PROTOCOL=GRPC", null)]
    public void What_can_not_be_followed_is_named_with_the_way_out(string settings, string? wayOut)
    {
        if (wayOut is null)
        {
            Assert.True(Read($"{Endpoint}={Collector};{settings}").Traces);
            return;
        }

        var problem = Assert.Throws<TelemetrySettingsException>(() => Read($"{Endpoint}={Collector};{settings}"));
        Assert.Contains($"give {wayOut}", problem.Message, StringComparison.Ordinal);
        Assert.Contains(settings.Split('=')[1], problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_and_exemplars_are_as_they_are_set()
    {
        Assert.Equal((false, false), (Read("").Content, Read("").NamesExemplars));
        var set = Read("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true;OTEL_METRICS_EXEMPLAR_FILTER=always_on");
        Assert.Equal((true, true), (set.Content, set.NamesExemplars));
        Assert.False(Read("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=yes").Content);
    }

    private static TelemetrySettings Read(string settings) => TelemetrySettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(static one => new KeyValuePair<string, string?>(one.Split('=')[0], one[(one.IndexOf('=', StringComparison.Ordinal) + 1)..])))
        .Build());
}
