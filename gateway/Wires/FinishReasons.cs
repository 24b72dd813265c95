using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>The values of <see cref="ChunkReading.FinishReason"/>, whatever the wire calls them.</summary>
public static class FinishReasons
{
    public const string Stop = "stop";
    public const string Length = "length";
    public const string ToolCalls = "tool_calls";
    public const string ContentFilter = "content_filter";
    public const string Other = "other";

    internal static string Normalise(ref Utf8JsonReader value)
    {
        if (value.Is("stop"u8) || value.Is("end_turn"u8) || value.Is("stop_sequence"u8))
        {
            return Stop;
        }

        if (value.Is("length"u8)
            || value.Is("max_tokens"u8)
            || value.Is("max_output_tokens"u8)
            || value.Is("model_length"u8)
            || value.Is("model_context_window_exceeded"u8))
        {
            return Length;
        }

        if (value.Is("tool_calls"u8) || value.Is("tool_use"u8) || value.Is("function_call"u8))
        {
            return ToolCalls;
        }

        return value.Is("content_filter"u8) || value.Is("refusal"u8) ? ContentFilter : Other;
    }
}
