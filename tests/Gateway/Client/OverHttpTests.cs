using System.Text;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>The client over a real server: what only a socket shows.</summary>
public sealed class OverHttpTests
{
    [Fact]
    public async Task The_reply_is_there_before_the_first_event()
    {
        var first = NewSignal();
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            await HeadAsync(context);
            await first.Task;
            await SendAsync(context, "data: a\n\n");
        });

        await using var stream = await RunAsync(server);
        var wait = stream.Events.NextAsync();
        Assert.Equal("run1", stream.Headers.RunId);
        Assert.False(wait.IsCompleted);

        first.SetResult();
        Assert.Equal(StreamSignalKind.Events, (await wait).Kind);
        var taken = await Taken.AllAsync(stream.Events);
        Assert.Equal((1, StreamSignalKind.CleanEnd), (taken.Events.Count, taken.End.Kind));
    }

    [Fact]
    public async Task Chunks_cut_anywhere_give_whole_events()
    {
        const string Sent = "data: {\"a\":\"ä€😀\"}\r\n\r\n: ping\n\ndata: b\n\ndata: c\n\n";
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            await HeadAsync(context);
            foreach (var one in Encoding.UTF8.GetBytes(Sent))
            {
                await context.Response.Body.WriteAsync(new[] { one });
                await context.Response.Body.FlushAsync();
            }
        });

        await using var stream = await RunAsync(server);
        var taken = await Taken.AllAsync(stream.Events);

        Assert.Equal([Latin("data: {\"a\":\"ä€😀\"}\r\n\r\n"), "data: b\n\n", "data: c\n\n"], taken.Events);
        Assert.Equal(StreamSignalKind.CleanEnd, taken.End.Kind);
    }

    [Fact]
    public async Task A_connection_dropped_in_an_event_is_broken_after_the_whole_ones()
    {
        var arrived = NewSignal();
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            await HeadAsync(context);
            await SendAsync(context, "data: a\n\ndata: b\n\ndata: half");
            await arrived.Task;
            context.Abort();
        });

        await using var stream = await RunAsync(server);
        Assert.Equal(StreamSignalKind.Events, (await stream.Events.NextAsync()).Kind);
        arrived.SetResult();
        var taken = await Taken.AllAsync(stream.Events);

        Assert.Equal(["data: a\n\n", "data: b\n\n"], taken.Events);
        Assert.Equal((StreamSignalKind.Broken, ErrorCodes.GatewayError), (taken.End.Kind, taken.End.Error?.Code));
        Assert.True(taken.End.Error!.Recoverable);
    }

    [Fact]
    public async Task Disposing_the_reply_closes_the_connection()
    {
        var closed = NewSignal();
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(closed.SetResult);
            await HeadAsync(context);
            await SendAsync(context, "data: a\n\n");
            await closed.Task;
        });

        var stream = await RunAsync(server);
        Assert.Equal(StreamSignalKind.Events, (await stream.Events.NextAsync()).Kind);
        await stream.DisposeAsync();

        await closed.Task.SoonAsync();
    }

    [Fact]
    public async Task Disposing_under_a_wait_closes_the_connection_and_is_no_failure_of_the_gateway()
    {
        var closed = NewSignal();
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(closed.SetResult);
            await HeadAsync(context);
            await closed.Task;
        });

        var stream = await RunAsync(server);
        var wait = stream.Events.NextAsync();
        await stream.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        await closed.Task.SoonAsync();
    }

    [Fact]
    public async Task Cancelling_a_wait_throws_the_cancellation()
    {
        var closed = NewSignal();
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(closed.SetResult);
            await HeadAsync(context);
            await closed.Task;
        });
        using var cancel = new CancellationTokenSource();

        await using var stream = await RunAsync(server);
        var wait = stream.Events.WaitAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.SoonAsync());
    }

    [Fact]
    public async Task Cancelling_a_dispatch_throws_the_cancellation_and_closes_the_connection()
    {
        var arrived = NewSignal();
        var closed = NewSignal();
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(closed.SetResult);
            arrived.SetResult();
            await closed.Task;
        });
        using var cancel = new CancellationTokenSource();

        var run = server.Client().RunAsync(Requests.Run(), cancel.Token);
        await arrived.Task.SoonAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.SoonAsync());
        await closed.Task.SoonAsync();
    }

    [Fact]
    public async Task Large_inputs_and_large_events_arrive_whole()
    {
        var text = new string('x', 6 * 1024 * 1024);
        long received = 0;
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received = body.Length;
            await HeadAsync(context);
            await SendAsync(context, $"data: {text}\n\n");
        });

        var request = Requests.Run(inputs: $"{{\"prompt\":\"{text}\"}}");
        await using var stream = Assert.IsType<StreamReply>(await server.Client().RunAsync(request, CancellationToken.None).SoonAsync());
        var taken = await Taken.AllAsync(stream.Events);

        Assert.True(received > text.Length, $"received {received}");
        Assert.Equal([$"data: {text}\n\n"], taken.Events);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_not_followed()
    {
        var calls = 0;
        await using var server = await BridgeServer.StartAsync(context =>
        {
            calls++;
            context.Response.Redirect("/login");
            return Task.CompletedTask;
        });

        var reply = await server.Client().RunAsync(Requests.Run(), CancellationToken.None).SoonAsync();

        Assert.Equal((302, 1), (Assert.IsType<FailureReply>(reply).Error.Status, calls));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<StreamReply> RunAsync(BridgeServer server) =>
        Assert.IsType<StreamReply>(await server.Client().RunAsync(Requests.Run(), CancellationToken.None).SoonAsync());

    private static async Task HeadAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["cf-aig-run-id"] = "run1";
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
