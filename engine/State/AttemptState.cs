using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.State;

/// <summary>One attempt as its entries tell it. Changed by <see cref="RunState"/> alone.</summary>
public sealed class AttemptState
{
    private static readonly RunError MalformedAnswer = new()
    {
        Code = ErrorCodes.ProviderError,
        Message = "The answer is not the JSON that its content type says it is.",
        Recoverable = true,
    };

    /// <summary>An attempt that loses its connection again and again must not fill the memory with it.</summary>
    private const int MaxConnections = 100;

    private readonly List<AttemptConnection> _connections = [];
    private List<long>? _between;
    private byte _opening;

    internal AttemptState(AttemptStarted entry, long time)
    {
        Number = entry.Attempt;
        Leg = entry.Leg;
        Model = entry.Model;
        Transport = entry.Transport;
        Continuation = entry.Continuation;
        Part = entry.Part;
        StartedAt = time;
    }

    public int Number { get; }

    public int Leg { get; }

    public string Model { get; }

    public string Transport { get; }

    public Continuation Continuation { get; }

    /// <summary>Which of the run's results it is for, from 0.</summary>
    public int Part { get; }

    /// <summary>The whole answer is there, and nothing was wrong with it.</summary>
    public bool IsComplete => Terminal && StreamError is null && Phase != AttemptPhase.Failed;

    public AttemptPhase Phase { get; private set; } = AttemptPhase.Started;

    /// <summary>Unix milliseconds, like all times here.</summary>
    public long StartedAt { get; }

    public long? FirstEventAt { get; private set; }

    public long? LastEventAt { get; private set; }

    public long? EndedAt { get; internal set; }

    public string? GatewayRunId { get; private set; }

    public string? GatewayLogId { get; private set; }

    /// <summary>Where the gateway itself fell back: the leg that serves. Decisions are about <see cref="Leg"/>, which was dispatched.</summary>
    public int? ServedLeg { get; private set; }

    public string? ServedModel { get; private set; }

    public WireFormat Wire { get; private set; }

    public bool Resumable { get; private set; }

    /// <summary>The number of the <see cref="AttemptAttached"/> entry; 0 before it.</summary>
    public long AttachedNumber { get; private set; }

    /// <summary>Complete upstream events: the gateway's event offset.</summary>
    public long Events { get; private set; }

    /// <summary>Whether anything but an error came: from here on the stream's policy rules, not the retries.</summary>
    public bool HasOutput { get; private set; }

    public bool HasToolCalls { get; private set; }

    /// <summary>The first character of the text that is no white space is an opening brace.</summary>
    public bool OpensObject => _opening == (byte)'{';

    /// <summary>The wire's own end marker was seen, or the whole answer came at once.</summary>
    public bool Terminal { get; private set; }

    public string? FinishReason { get; private set; }

    /// <summary>An event that can not be read came before the finish reason: it may have been a piece of the answer.</summary>
    public bool HasGap { get; private set; }

    /// <summary>An error that arrived inside the stream.</summary>
    public RunError? StreamError { get; private set; }

    public TokenCounts? Usage { get; private set; }

    /// <summary>What is known of its tokens: an answer that tells no usage has about a token an event.</summary>
    public TokenCounts? Used => Usage ?? (Events > 0 ? new TokenCounts { OutputTokens = Events } : null);

    public int Reattaches { get; private set; }

    /// <summary>Losses of the connection since the last new event.</summary>
    public int DetachesInARow { get; private set; }

    public AttemptDetached? LastDetach { get; private set; }

    /// <summary>When the connection was first lost since the last new event.</summary>
    public long DetachedAt { get; private set; }

    /// <summary>When it was last lost.</summary>
    public long LastDetachedAt { get; private set; }

    public AttemptFailed? Failure { get; private set; }

    /// <summary>Its connections to the upstream, in order; of very many, the first ones.</summary>
    public IReadOnlyList<AttemptConnection> Connections => _connections;

    /// <summary>The number of the entry that has, or will have, the event of an index; of the next event where the index is past it.</summary>
    internal long EntryOfEvent(long index)
    {
        var number = AttachedNumber + 1 + Math.Min(index, Events);
        foreach (var other in _between ?? [])
        {
            if (other > number)
            {
                break;
            }

            number++;
        }

        return number;
    }

    internal void Apply(AttemptAttached entry, long number, long time)
    {
        Connect(time);
        Phase = AttemptPhase.Attached;
        GatewayRunId = entry.GatewayRunId;
        GatewayLogId = entry.GatewayLogId;
        ServedLeg = entry.Model is null ? null : entry.Step;
        ServedModel = entry.Model;
        Wire = entry.Wire;
        Resumable = entry.Resumable;
        AttachedNumber = number;
    }

    internal void ApplyEvent(ChunkReading reading, long number, long time)
    {
        Events++;
        DetachesInARow = 0;
        LastDetach = null;
        LastEventAt = time;
        if (reading.Error is { } error)
        {
            StreamError = error.ToRunError();
            return;
        }

        FirstEventAt ??= time;
        HasOutput = true;
        HasGap |= reading.Malformed && FinishReason is null;
        Read(reading);
    }

    internal void ApplyResult(AttemptResult entry, ChunkReading reading, long time)
    {
        FirstEventAt ??= time;
        LastEventAt = time;
        StreamError = reading.Error?.ToRunError() ?? (reading.Malformed && entry.IsJson ? MalformedAnswer : null);
        if (StreamError is not null)
        {
            return;
        }

        HasOutput = true;
        Read(reading);
        Terminal = true;
    }

    internal void Apply(AttemptDetached entry, long number, long time)
    {
        (_between ??= []).Add(number);
        Disconnect(entry.Reason, time);
        Phase = AttemptPhase.Detached;
        if (DetachesInARow++ == 0)
        {
            DetachedAt = time;
        }

        LastDetach = entry;
        LastDetachedAt = time;
    }

    internal void ApplyReattached(long number, long time)
    {
        (_between ??= []).Add(number);
        Connect(time);
        Phase = AttemptPhase.Attached;
        Reattaches++;
    }

    internal void Apply(AttemptFailed entry, long time)
    {
        Phase = AttemptPhase.Failed;
        Failure = entry;
        EndedAt = time;
    }

    private void Connect(long time)
    {
        if (_connections.Count < MaxConnections)
        {
            _connections.Add(new AttemptConnection { From = time, Offset = Events });
        }
    }

    /// <summary>The host that takes a run up tells of the loss when it does so: the connection went with the last host, after its last event.</summary>
    private void Disconnect(string reason, long time)
    {
        if (_connections is not [.., { Until: null } open])
        {
            return;
        }

        var until = reason == DetachReasons.HostLost ? Math.Max(open.From, LastEventAt ?? 0) : time;
        _connections[^1] = open with { Until = until, Events = Events - open.Offset, Reason = reason };
    }

    private void Read(ChunkReading reading)
    {
        Terminal |= reading.Terminal;
        FinishReason = reading.FinishReason ?? FinishReason;
        foreach (var delta in reading.Deltas)
        {
            HasToolCalls |= delta.Kind == DeltaKind.ToolCall;
            if (_opening == 0 && delta.Kind == DeltaKind.Text)
            {
                _opening = Opening(reading.EscapedText(delta));
            }
        }

        if (reading.Usage.HasAny)
        {
            Usage = Usage.MergedWith(reading.Usage);
        }
    }

    /// <summary>The first byte that is no white space, 0 where all is.</summary>
    private static byte Opening(ReadOnlySpan<byte> escaped)
    {
        while (true)
        {
            escaped = escaped.TrimStart((byte)' ');
            if (escaped is not [(byte)'\\', (byte)'n' or (byte)'r' or (byte)'t', ..])
            {
                return escaped.IsEmpty ? (byte)0 : escaped[0];
            }

            escaped = escaped[2..];
        }
    }
}
