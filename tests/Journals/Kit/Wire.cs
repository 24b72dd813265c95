using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>A network between a process and its server that loses what a test tells it to.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _open = [];
    private readonly string _socket;
    private readonly Task _accepting;
    private Trouble _next = new None();

    public Wire(string socket)
    {
        _socket = socket;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    private abstract record Trouble;

    private sealed record None : Trouble;

    private sealed record LostRequest : Trouble;

    private sealed record LostAnswer : Trouble;

    private sealed record Hold(int Bytes, TaskCompletionSource Arrived, TaskCompletionSource Go) : Trouble;

    /// <summary>The host of a connection string.</summary>
    public string Host => $"127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The next thing that the process sends does not arrive, and the connection is cut.</summary>
    public void LoseRequest() => Set(new LostRequest());

    /// <summary>The next thing that the process sends arrives, and the connection is cut before the answer.</summary>
    public void LoseAnswer() => Set(new LostAnswer());

    /// <summary>Of the next thing that the process sends, so many bytes arrive, and the rest when <paramref name="go"/> is set.</summary>
    public Task HoldAfter(int bytes, out TaskCompletionSource go)
    {
        var hold = new Hold(
            bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        go = hold.Go;
        Set(hold);
        return hold.Arrived.Task;
    }

    /// <summary>Cuts all connections.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var socket in _open)
            {
                socket.Dispose();
            }

            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private void Set(Trouble trouble)
    {
        lock (_gate)
        {
            _next = trouble;
        }
    }

    private Trouble Take()
    {
        lock (_gate)
        {
            var trouble = _next;
            _next = new None();
            return trouble;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                lock (_gate)
                {
                    _open.AddRange([client, server]);
                }

                _ = CarryAsync(client, server);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task CarryAsync(Socket client, Socket server)
    {
        try
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_socket));
            var doomed = new StrongBox();
            await Task.WhenAny(CarryRequestsAsync(client, server, doomed), CarryAnswersAsync(server, client, doomed));
        }
        catch (SocketException)
        {
            // Nobody there.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task CarryRequestsAsync(Socket client, Socket server, StrongBox doomed)
    {
        var buffer = new byte[64 << 10];
        while (await ReceiveAsync(client, buffer) is > 0 and var count)
        {
            var sent = 0;
            switch (Take())
            {
                case LostRequest:
                    return;
                case LostAnswer:
                    doomed.Value = true;
                    break;
                case Hold hold:
                    while (sent + count <= hold.Bytes)
                    {
                        await server.SendAsync(buffer.AsMemory(0, count));
                        sent += count;
                        count = await ReceiveAsync(client, buffer);
                    }

                    var first = hold.Bytes - sent;
                    await server.SendAsync(buffer.AsMemory(0, first));
                    hold.Arrived.SetResult();
                    await hold.Go.Task;
                    await server.SendAsync(buffer.AsMemory(first, count - first));
                    continue;
            }

            await server.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private static async Task CarryAnswersAsync(Socket server, Socket client, StrongBox doomed)
    {
        var buffer = new byte[64 << 10];
        while (await ReceiveAsync(server, buffer) is > 0 and var count && !doomed.Value)
        {
            await client.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private sealed class StrongBox
    {
        public volatile bool Value;
    }
}
