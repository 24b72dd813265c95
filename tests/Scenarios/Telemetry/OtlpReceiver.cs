using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>What a collector is to the service: takes OTLP over HTTP and over gRPC, and keeps all of it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    /// <summary>Of gRPC: whether a message is compressed, and its length.</summary>
    private const int Prefix = 5;

    private readonly WebApplication _web;

    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentQueue<ReceivedPoint> _points = new();
    private readonly ConcurrentQueue<ReceivedLine> _lines = new();

    private OtlpReceiver(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.First());

    /// <summary>Speaks nothing but gRPC.</summary>
    public Uri GrpcAddress => new(_web.Urls.Last());

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>Settings for a service whose collector this is; it sends every few milliseconds.</summary>
    public string[] Settings =>
    [
        "--OTEL_EXPORTER_OTLP_ENDPOINT", Address.ToString(), "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
        "--OTEL_BSP_SCHEDULE_DELAY", "50", "--OTEL_BLRP_SCHEDULE_DELAY", "50", "--OTEL_METRIC_EXPORT_INTERVAL", "100",
    ];

    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>In the order in which they came: the last one of a metric is what it is now.</summary>
    public IReadOnlyList<ReceivedPoint> Points => [.. _points];

    public IReadOnlyList<ReceivedLine> Lines => [.. _lines];

    /// <summary>All that came, as text: for what must not be in it.</summary>
    public string Everything => string.Join('\n', _requests.Select(static one => Encoding.UTF8.GetString(one.Body)));

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, static grpc => grpc.Protocols = HttpProtocols.Http2);
        });
        var web = builder.Build();
        var receiver = new OtlpReceiver(web);
        web.MapPost("/v1/{signal}", async (string signal, HttpContext context) =>
        {
            var body = await ReadAsync(context.Request.Body);
            receiver.Take(ReceivedRequest.Of(signal, context.Request, context.Request.Headers.ContentEncoding == "gzip" ? await UnzipAsync(body) : body));
            context.Response.ContentType = "application/x-protobuf";
        });
        web.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", async (string signal, HttpContext context) =>
        {
            var message = await ReadAsync(context.Request.Body);
            var body = message[Prefix..];
            receiver.Take(ReceivedRequest.Of(signal == "trace" ? "traces" : signal, context.Request, message[0] == 1 ? await UnzipAsync(body) : body));
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[Prefix]);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await web.StartAsync();
        return receiver;
    }

    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task UntilAsync(string what, Func<OtlpReceiver, bool> hasCome)
    {
        for (var started = TimeProvider.System.GetTimestamp(); !hasCome(this);)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience.OfAStep)
            {
                throw new TimeoutException($"{what} did not come; {Spans.Count} spans did: {string.Join(", ", Spans.Select(static span => span.Name))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static async Task<byte[]> ReadAsync(Stream from)
    {
        using var read = new MemoryStream();
        await from.CopyToAsync(read);
        return read.ToArray();
    }

    private static async Task<byte[]> UnzipAsync(byte[] body)
    {
        await using var unzipped = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        return await ReadAsync(unzipped);
    }

    private void Take(ReceivedRequest request)
    {
        _requests.Enqueue(request);
        foreach (var one in ProtoField.At(request.Body, 1, 2, 2))
        {
            switch (request.Signal)
            {
                case "traces":
                    _spans.Enqueue(ReceivedSpan.Read(one));
                    break;
                case "metrics":
                    foreach (var point in ReceivedPoint.Read(one))
                    {
                        _points.Enqueue(point);
                    }

                    break;
                case "logs":
                    _lines.Enqueue(ReceivedLine.Read(one));
                    break;
            }
        }
    }
}
