using System.Diagnostics;
using System.Text.Json;

namespace Orchestrator.Engine.Telemetry;

/// <summary>
/// What a request asks of its model beside the prompt, in the words of each API: those that OpenAI, Anthropic and Workers AI have on top, and
/// Google's in <c>generationConfig</c>. What is not of the type that the conventions want is left out, and left to the upstream to refuse.
/// </summary>
internal static class GenAiRequest
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    /// <param name="span">An attempt's.</param>
    /// <param name="input">A UTF-8 JSON object.</param>
    /// <param name="showsContent">Whether texts that the caller wrote may be seen; numbers always may.</param>
    public static void Describe(Activity span, ReadOnlyMemory<byte> input, bool showsContent)
    {
        using var document = JsonDocument.Parse(input, Options);
        var request = document.RootElement;
        span.SetTag(GenAi.MaxTokens, Count(request, "max_completion_tokens", "max_output_tokens", "max_tokens", "maxOutputTokens"));
        span.SetTag(GenAi.Temperature, Number(request, "temperature"));
        span.SetTag(GenAi.TopP, Number(request, "top_p", "topP"));
        span.SetTag(GenAi.TopK, Number(request, "top_k", "topK"));
        span.SetTag(GenAi.FrequencyPenalty, Number(request, "frequency_penalty", "frequencyPenalty"));
        span.SetTag(GenAi.PresencePenalty, Number(request, "presence_penalty", "presencePenalty"));
        span.SetTag(GenAi.Seed, Count(request, "seed"));
        span.SetTag(GenAi.ChoiceCount, Count(request, "n", "candidateCount") is { } choices and not 1 ? choices : null);
        if (showsContent)
        {
            span.SetTag(GenAi.StopSequences, Texts(Find(request, "stop", "stop_sequences", "stopSequences")));
        }
    }

    private static long? Count(JsonElement request, params ReadOnlySpan<string> names) =>
        Find(request, names) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var count) ? count : null;

    private static double? Number(JsonElement request, params ReadOnlySpan<string> names) =>
        Find(request, names) is { ValueKind: JsonValueKind.Number } found && found.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static string[]? Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.String).Select(static one => one.GetString()!)],
        _ => null,
    };

    /// <summary>The first of them that there is, and is not null.</summary>
    private static JsonElement Find(JsonElement request, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Member(request, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } found)
            {
                return found;
            }
        }

        return Member(request, "generationConfig") is { ValueKind: JsonValueKind.Object } google ? Find(google, names) : default;
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;
}
