using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Gateway;

internal static class JsonElements
{
    /// <summary>The escaped content of a string, without its quotes: unlike GetString it can not fail on a lone surrogate.</summary>
    public static ReadOnlySpan<byte> GetRawInner(this JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];
}
