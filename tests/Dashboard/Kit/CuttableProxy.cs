using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>What a browser has between itself and the service: connections through it can be cut, and new ones refused for a while.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile bool _refusing;

    public CuttableProxy(Uri target)
    {
        Target = target;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Where new connections go.</summary>
    public Uri Target { get; set; }

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        foreach (var socket in _open.Keys)
        {
            Reset(socket);
        }
    }

    /// <summary>Resets every connection, and each new one until <see cref="Mend"/>.</summary>
    public void Break()
    {
        _refusing = true;
        Cut();
    }

    public void Mend() => _refusing = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);

                // First among those that are cut: one that comes as the connections are broken is either cut with them or refused.
                _open.TryAdd(socket, 0);
                if (_refusing)
                {
                    _open.TryRemove(socket, out _);
                    Reset(socket);
                    continue;
                }

                _ = PassAsync(socket);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task PassAsync(Socket client)
    {
        var service = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open.TryAdd(service, 0);
        try
        {
            await service.ConnectAsync(Target.Host, Target.Port, _stop.Token);
            await Task.WhenAny(CopyAsync(client, service), CopyAsync(service, client));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other end is told below.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(service, out _);
            client.Dispose();
            service.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
