using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Bench.Load;

/// <summary>One client: its requests, what it got, and when.</summary>
internal sealed class LoadClient(LoadSpec spec, Requests requests, string key) : IDisposable
{
    private readonly ResponseReader _response = new();
    private readonly EventCounter _counter = new();
    private readonly FirstDelta? _firstDelta = spec.Route == LoadRoute.Answer ? new() : null;
    private Socket? _socket;
    private string? _location;
    private bool _streaming;
    private bool _resuming;

    /// <summary>The name that the emulator knows the run by.</summary>
    public string Key => key;

    /// <summary>Complete events so far, over all connections.</summary>
    public long Events { get; private set; }

    public long AskedAt { get; private set; }

    /// <summary>0 until then.</summary>
    public long FirstAt { get; private set; }

    /// <summary>The first new event after coming back; 0 until then.</summary>
    public long ResumedAt { get; private set; }

    /// <summary>When each event arrived, where the specification asks for it.</summary>
    public List<long> Times { get; } = [];

    public string? Failure { get; private set; }

    /// <summary>Connects and asks. False where the connection is refused.</summary>
    public bool TryConnect(Epoll epoll, int tag)
    {
        _socket?.Dispose();
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (AskedAt == 0)
        {
            AskedAt = Stopwatch.GetTimestamp();
        }

        try
        {
            _socket.Connect(IPAddress.Loopback, spec.Port);
            _response.Next();
            _socket.Send(_location is null ? requests.First(key) : requests.Follow(_location, Events));
        }
        catch (SocketException)
        {
            return false;
        }

        _streaming = _location is not null || spec.Route is not (LoadRoute.Stream or LoadRoute.Events or LoadRoute.Submit);
        _socket.Blocking = false;
        epoll.Watch(_socket.SafeHandle, tag);
        return true;
    }

    /// <summary>Takes what is there to be received.</summary>
    /// <param name="buffer">For the bytes; nothing of it is kept.</param>
    /// <param name="received">How many there were.</param>
    public ClientStep Receive(byte[] buffer, out int received)
    {
        received = _socket!.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return ClientStep.GoOn;
        }

        if (received == 0 || error != SocketError.Success)
        {
            received = 0;
            return OnClosed();
        }

        var now = Stopwatch.GetTimestamp();
        ReadOnlySpan<byte> input = buffer.AsSpan(0, received);
        while (_response.TryRead(ref input, out var body))
        {
            if (_streaming && _response.Status == 200)
            {
                OnBody(body, now);
            }
        }

        return _response.IsDone ? OnResponse() : ClientStep.GoOn;
    }

    public void Dispose() => _socket?.Dispose();

    private void OnBody(ReadOnlySpan<byte> body, long now)
    {
        var events = _counter.Count(body);
        if (events > 0 && _resuming)
        {
            _resuming = false;
            ResumedAt = now;
        }

        Events += events;
        var isFirst = _firstDelta is null ? Events > spec.FirstEvent : _firstDelta.IsIn(body);
        if (FirstAt == 0 && isFirst)
        {
            FirstAt = now;
        }

        for (var i = 0; spec.KeepTimes && i < events; i++)
        {
            Times.Add(now);
        }
    }

    private ClientStep OnResponse()
    {
        if (_streaming)
        {
            return _response.Status == 200 ? ClientStep.Completed
                : spec.Reconnect && _response.Status >= 500 ? Back()
                : Fail($"status {_response.Status}");
        }

        if (_response.Status != 202 || _response.Location is not { } location)
        {
            return Fail($"status {_response.Status} to a submit");
        }

        _location = location;
        if (spec.Route == LoadRoute.Submit)
        {
            return ClientStep.Completed;
        }

        _streaming = true;
        _response.Next();
        _socket!.Send(requests.Follow(location, 0));
        return ClientStep.GoOn;
    }

    private ClientStep OnClosed() =>
        _streaming && _response.EndsByClosing ? ClientStep.Completed
        : spec.Reconnect && _location is not null ? Back()
        : Fail("connection closed");

    private ClientStep Back()
    {
        _counter.Reset();
        _resuming = true;
        _socket!.Dispose();
        return ClientStep.Reconnect;
    }

    private ClientStep Fail(string what)
    {
        Failure = $"{what} after {Events} events";
        return ClientStep.Failed;
    }
}
