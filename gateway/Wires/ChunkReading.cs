namespace Orchestrator.Gateway;

/// <summary>
/// What one event (or document) says. Made to be reused: each read clears it, and in the common case allocates nothing. Not for use by
/// several threads.
/// </summary>
public sealed class ChunkReading
{
    private const int FirstBuffer = 512;
    private const int LargestKept = 64 * 1024;

    private byte[] _buffer = [];
    private int _length;
    private Delta[] _deltas = [];
    private byte[] _modelBytes = [];
    private string? _modelText;

    /// <summary>The event's data: what the deltas point into. Behind the data as received there may be text that had to be escaped.</summary>
    public ReadOnlySpan<byte> Data => _buffer.AsSpan(0, _length);

    /// <summary>In the order of the event; empty texts are left out.</summary>
    public ReadOnlySpan<Delta> Deltas => _deltas.AsSpan(0, DeltaCount);

    /// <summary>The data is not what the wire has: broken JSON, not an object, or not valid UTF-8. Nothing else is set then.</summary>
    public bool Malformed { get; internal set; }

    /// <summary>The wire's end marker, or a whole document: nothing more will come.</summary>
    public bool Terminal { get; internal set; }

    /// <summary>One of <see cref="FinishReasons"/> where the event tells why the answer ends.</summary>
    public string? FinishReason { get; internal set; }

    /// <summary>
    /// A failure told inside the answer. Its message and upstream code are the provider's own, cut to a length: whoever shows them scrubs
    /// them with <see cref="SecretScrubber.ScrubCut"/> before.
    /// </summary>
    public GatewayError? Error { get; internal set; }

    public TokenUsage Usage { get; internal set; }

    /// <summary>The model as the provider names it.</summary>
    public string? Model { get; private set; }

    /// <summary>
    /// What the next event of the same answer is to be read with: the little that an event does not say by itself, such as how many tool
    /// calls came before it. Opaque, small, and 0 at the beginning of an answer and wherever nothing is to be known.
    /// </summary>
    public long Carried { get; internal set; }

    internal int DeltaCount { get; private set; }

    /// <summary>The text of a delta of this reading, escaped: see <see cref="Delta.Start"/>.</summary>
    public ReadOnlySpan<byte> EscapedText(in Delta d) => Data.Slice(d.Start, d.Length);

    internal void Clear()
    {
        if (_buffer.Length > LargestKept)
        {
            _buffer = [];
        }

        _length = 0;
        Forget();
    }

    internal void Forget()
    {
        DeltaCount = 0;
        Malformed = false;
        Terminal = false;
        FinishReason = null;
        Error = null;
        Usage = default;
        Model = null;
    }

    internal void Append(ReadOnlySpan<byte> data)
    {
        if (_buffer.Length - _length < data.Length)
        {
            Array.Resize(ref _buffer, Math.Max(FirstBuffer, Math.Max(checked(_length + data.Length), _buffer.Length * 2)));
        }

        data.CopyTo(_buffer.AsSpan(_length));
        _length += data.Length;
    }

    internal ReadOnlyMemory<byte> DataMemory => _buffer.AsMemory(0, _length);

    internal void Add(in Delta delta)
    {
        if (DeltaCount == _deltas.Length)
        {
            Array.Resize(ref _deltas, Math.Max(2, _deltas.Length * 2));
        }

        _deltas[DeltaCount++] = delta;
    }

    internal void AddText(DeltaKind kind, int start, int length)
    {
        if (length > 0)
        {
            Add(new Delta(kind, start, length, 0, null, null));
        }
    }

    /// <summary>The index of a tool call that its wire does not number.</summary>
    internal int NumberCall() => (int)Carried++;

    /// <summary>Where the reading is: what comes next may have to be taken back.</summary>
    internal (int Deltas, string? FinishReason, long Carried) Mark() => (DeltaCount, FinishReason, Carried);

    internal void TakeBack((int Deltas, string? FinishReason, long Carried) mark) => (DeltaCount, FinishReason, Carried) = mark;

    /// <summary>Escapes JSON text that is not a string, so that it can stand in one.</summary>
    /// <returns>Where it is in <see cref="Data"/>.</returns>
    internal (int Start, int Length) AppendEscaped(ReadOnlySpan<byte> json)
    {
        var start = _length;
        Append(JsonText.Escape(json));
        return (start, _length - start);
    }

    internal void SetModel(ReadOnlySpan<byte> escaped)
    {
        if (_modelText is null || !escaped.SequenceEqual(_modelBytes))
        {
            (_modelBytes, _modelText) = (escaped.ToArray(), JsonText.Unescape(escaped));
        }

        Model = _modelText;
    }
}
