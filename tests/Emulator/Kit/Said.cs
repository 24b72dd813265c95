namespace Orchestrator.Emulator.Tests.Kit;

/// <summary>The text that a stream adds up to, read as each wire's clients do.</summary>
internal static class Said
{
    public static string OpenAi(IEnumerable<SseEvent> events, string field = "content") => string.Concat(events
        .Where(static e => !e.IsMarker && e.Json.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0)
        .Select(e => e.Json.GetProperty("choices")[0].GetProperty("delta").TryGetProperty(field, out var text) ? text.GetString() : ""));

    public static string Anthropic(IEnumerable<SseEvent> events, string field = "text") => string.Concat(events
        .Where(static e => e.Name == "content_block_delta")
        .Select(e => e.Json.GetProperty("delta").TryGetProperty(field, out var text) ? text.GetString() : ""));

    public static string WorkersAi(IEnumerable<SseEvent> events, string field = "response") => string.Concat(events
        .Where(static e => !e.IsMarker)
        .Select(e => e.Json.TryGetProperty(field, out var text) ? text.GetString() : ""));
}
