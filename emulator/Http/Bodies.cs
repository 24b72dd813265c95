using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Emulator.Http;

/// <summary>Reads request bodies, and members of JSON objects that may be absent or of another type.</summary>
internal static class Bodies
{
    /// <summary>The body as JSON; null when it is none.</summary>
    public static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// A model's inputs: JSON, or raw audio, which is told as the binding takes it, <c>{audio: {body, contentType}}</c> with the body in
    /// base64 and the query's parameters beside it. Null when they are neither.
    /// </summary>
    public static async Task<JsonDocument?> ReadInputsAsync(HttpContext context)
    {
        if (context.Request.ContentType is not { } type || !type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadAsync(context);
        }

        using MemoryStream audio = new();
        await context.Request.Body.CopyToAsync(audio, context.RequestAborted);
        JsonObject inputs = new()
        {
            ["audio"] = new JsonObject { ["body"] = Convert.ToBase64String(audio.GetBuffer(), 0, (int)audio.Length), ["contentType"] = type },
        };
        foreach (var (name, value) in context.Request.Query)
        {
            inputs[name] = value.ToString();
        }

        return JsonDocument.Parse(inputs.ToJsonString());
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static bool? Flag(this JsonElement element, string name) => element.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
