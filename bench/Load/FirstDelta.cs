namespace Orchestrator.Bench.Load;

/// <summary>Finds the first <c>output.delta</c> in the bytes of an event stream, whatever pieces they come in.</summary>
internal sealed class FirstDelta
{
    private const int LongestPrelude = 16 * 1024;

    private byte[]? _prelude = new byte[LongestPrelude];
    private int _length;

    /// <summary>True once: when the name is among the bytes so far.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        if (_prelude is null)
        {
            return false;
        }

        var taken = Math.Min(bytes.Length, LongestPrelude - _length);
        bytes[..taken].CopyTo(_prelude.AsSpan(_length));
        _length += taken;
        if (_prelude.AsSpan(0, _length).IndexOf("event: output.delta\n"u8) < 0)
        {
            return false;
        }

        _prelude = null;
        return true;
    }
}
