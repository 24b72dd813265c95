using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>Answers that no HTTP server gives willingly.</summary>
public sealed class OverSocketTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("220 mail ready\r\n\r\n")]
    public async Task A_connection_closed_without_an_answer_is_a_gateway_error(string answer)
    {
        var reply = await RunAsync(answer, reset: false);

        Assert.Equal((ErrorCodes.GatewayError, true), (Assert.IsType<FailureReply>(reply).Error.Code, Assert.IsType<FailureReply>(reply).Error.Recoverable));
        Assert.Equal(0, reply.Headers.Status);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\ndata: a\n\ndata: b", false, true)]
    [InlineData("Content-Length: 100\r\n\r\ndata: a\n\ndata: b", true, false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n", false, true)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n", true, false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\nnonsense\r\n", false, false)]
    public async Task A_body_that_ends_too_early_is_broken(string rest, bool reset, bool gives)
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(Head + rest, reset));
        var taken = await Taken.AllAsync(stream.Events);

        // A reset overtakes bytes that were sent before it, and the HTTP stack drops what came in one packet with a broken chunk.
        Assert.True(taken.Events is ["data: a\n\n"] || (!gives && taken.Events.Count == 0));
        Assert.Equal((StreamSignalKind.Broken, ErrorCodes.GatewayError), (taken.End.Kind, taken.End.Error?.Code));
    }

    [Fact]
    public async Task A_body_without_length_ends_cleanly_with_the_connection()
    {
        await using var stream = Assert.IsType<StreamReply>(await RunAsync(Head + "\r\ndata: a\n\ndata: b", reset: false));
        var taken = await Taken.AllAsync(stream.Events);

        Assert.Equal((1, StreamSignalKind.CleanEnd), (taken.Events.Count, taken.End.Kind));
    }

    [Fact]
    public async Task Nobody_listening_is_a_gateway_error()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var reply = await RunAsync(port);

        Assert.Equal(ErrorCodes.GatewayError, Assert.IsType<FailureReply>(reply).Error.Code);
    }

    private static async Task<GatewayReply> RunAsync(string answer, bool reset)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, answer, reset);
        var reply = await RunAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        await serving.SoonAsync();
        return reply;
    }

    private static async Task<GatewayReply> RunAsync(int port)
    {
        var http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        var client = new AiGatewayClient(http, new BridgeOptions { Url = new Uri($"http://127.0.0.1:{port}") });
        return await client.RunAsync(Requests.Run(), CancellationToken.None).SoonAsync();
    }

    private static async Task ServeAsync(TcpListener listener, string answer, bool reset)
    {
        using var socket = await listener.AcceptSocketAsync();
        var buffer = new byte[8_192];
        var request = new StringBuilder();
        while (!request.ToString().EndsWith("}}}", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, SocketFlags.None);
            request.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        await socket.SendAsync(Encoding.UTF8.GetBytes(answer), SocketFlags.None);
        if (reset)
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        else
        {
            socket.Shutdown(SocketShutdown.Send);
        }
    }
}
