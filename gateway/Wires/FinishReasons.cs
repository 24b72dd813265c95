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
        if (value.ValueTextEquals("stop"u8) || value.ValueTextEquals("end_turn"u8) || value.ValueTextEquals("stop_sequence"u8))
        {
            return Stop;
        }

        if (value.ValueTextEquals("length"u8)
            || value.ValueTextEquals("max_tokens"u8)
            || value.ValueTextEquals("model_context_window_exceeded"u8))
        {
            return Length;
        }

        if (value.ValueTextEquals("tool_calls"u8) || value.ValueTextEquals("tool_use"u8) || value.ValueTextEquals("function_call"u8))
        {
            return ToolCalls;
        }

        return value.ValueTextEquals("content_filter"u8) || value.ValueTextEquals("refusal"u8) ? ContentFilter : Other;
    }
}
