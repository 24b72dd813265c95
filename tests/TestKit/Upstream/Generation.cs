using Orchestrator.Engine.Upstream;

namespace Orchestrator.TestKit.Upstream;

/// <summary>One generation inside the gateway. Times are Unix milliseconds.</summary>
public sealed class Generation
{
    private readonly long[] _ready;

    internal Generation(GatewayDispatch request, DispatchPlan plan, string id, long now)
    {
        Request = request;
        Plan = plan;
        Id = id;
        var time = now;
        _ready = [.. plan.Events.Select(each => time += each.AfterMs)];
        ExpiresAt = time + (long)plan.BufferTtl.TotalMilliseconds;
    }

    public GatewayDispatch Request { get; }

    public DispatchPlan Plan { get; }

    /// <summary>The gateway's run id.</summary>
    public string Id { get; }

    public string LogId => "log-" + Id;

    public long ExpiresAt { get; }

    public int Resumes { get; internal set; }

    public int Count => _ready.Length;

    public ReadOnlyMemory<byte> Event(int index) => Plan.Events[index].Bytes;

    /// <summary>When an event is there, or the clean end after the last one; null for never.</summary>
    public long? ReadyAt(int index)
    {
        if (index < _ready.Length)
        {
            return _ready[index];
        }

        return Plan.End == GenerationEnd.Clean ? (_ready.Length == 0 ? 0 : _ready[^1]) : null;
    }
}
