using System.Diagnostics;
using System.Globalization;
using Orchestrator.Bench.Processes;

namespace Orchestrator.Bench.Load;

/// <summary>All clients of a load on one thread.</summary>
internal sealed class LoadLoop(LoadSpec spec) : IDisposable
{
    private const int ReceiveBytes = 256 * 1024;
    private const int IdleMilliseconds = 50;
    private const int ProbeMilliseconds = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Epoll _epoll = new();
    private readonly Requests _requests = new(spec);
    private readonly byte[] _buffer = new byte[ReceiveBytes];
    private readonly int[] _ready = new int[1024];
    private readonly List<LoadClient> _clients = [];
    private readonly Queue<int> _away = new();
    private readonly CpuUsage _cpu = new(spec.Watch);
    private long _events;
    private long _bytes;
    private int _active;
    private int _completed;

    /// <summary>Runs the load to its end.</summary>
    /// <param name="onReady">Called when the window begins.</param>
    public LoadFindings Run(Action onReady)
    {
        var start = Stopwatch.GetTimestamp();
        var window = new LoadWindow(spec, start);
        if (window.IsWhole)
        {
            window.Begin(start, 0, 0, _cpu.Read());
        }

        while (!window.IsOver && Stopwatch.GetElapsedTime(start) < Longest)
        {
            var now = Stopwatch.GetTimestamp();
            OpenDue(start, now);
            ComeBack();
            if (_clients.Count >= spec.Clients && window.ShouldBegin(now))
            {
                window.Begin(now, _events, _bytes, _cpu.Read());
                onReady();
            }

            if (_active == 0 && _clients.Count >= spec.Clients ? window.IsWhole || window.HasBegun : window.ShouldEnd(now))
            {
                window.End(Stopwatch.GetTimestamp(), _events, _bytes, _cpu.Read());
                break;
            }

            var ready = _epoll.Wait(_ready, WaitMilliseconds(start, now));
            foreach (var tag in _ready.AsSpan(0, ready))
            {
                Receive(tag);
            }
        }

        return new LoadFindings(spec, _clients, window, _completed);
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _epoll.Dispose();
    }

    private void Receive(int tag)
    {
        var client = _clients[tag];
        var before = client.Events;
        var step = client.Receive(_buffer, out var received);
        _events += client.Events - before;
        _bytes += received;
        switch (step)
        {
            case ClientStep.Reconnect:
                _away.Enqueue(tag);
                break;
            case ClientStep.Completed:
                _completed++;
                Leave(client);
                break;
            case ClientStep.Failed:
                Leave(client);
                break;
            default:
                break;
        }
    }

    private void Leave(LoadClient client)
    {
        client.Dispose();
        _active--;
        if (spec.Replace)
        {
            Open();
        }
    }

    private void OpenDue(long start, long now)
    {
        var elapsed = Stopwatch.GetElapsedTime(start, now).TotalSeconds;
        while (_clients.Count < spec.Clients && elapsed >= spec.RampSeconds * _clients.Count / spec.Clients)
        {
            Open();
        }
    }

    private void Open()
    {
        var tag = _clients.Count;
        var key = spec.Route == LoadRoute.Read ? spec.Key : spec.Key + tag.ToString(CultureInfo.InvariantCulture);
        var client = new LoadClient(spec, _requests, key);
        _clients.Add(client);
        if (!client.TryConnect(_epoll, tag))
        {
            throw new IOException($"Nothing listens on port {spec.Port}.");
        }

        _active++;
    }

    /// <summary>
    /// The clients whose connection is gone come back as soon as something listens. They do not back off: how long a client waits
    /// is not the service's.
    /// </summary>
    private void ComeBack()
    {
        for (var left = _away.Count; left > 0; left--)
        {
            var tag = _away.Peek();
            if (!_clients[tag].TryConnect(_epoll, tag))
            {
                return;
            }

            _away.Dequeue();
        }
    }

    private int WaitMilliseconds(long start, long now)
    {
        if (_away.Count > 0)
        {
            return ProbeMilliseconds;
        }

        if (_clients.Count >= spec.Clients)
        {
            return IdleMilliseconds;
        }

        var next = (spec.RampSeconds * _clients.Count / spec.Clients) - Stopwatch.GetElapsedTime(start, now).TotalSeconds;
        return Math.Clamp((int)Math.Ceiling(next * 1000), 0, IdleMilliseconds);
    }
}
