using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Emulator.Logs;
using Orchestrator.Emulator.Runs;

namespace Orchestrator.Emulator.Http;

/// <summary><c>GET</c> and <c>PATCH …/gateways/{gateway}/logs/{logId}</c>, of the bridge and of the REST API.</summary>
internal sealed class LogEndpoints(LogStore logs)
{
    public Task GetAsync(HttpContext context) => GetAsync(context, enveloped: false);

    public Task PatchAsync(HttpContext context) => PatchAsync(context, enveloped: false);

    /// <summary>As the REST API answers.</summary>
    public Task GetEnvelopedAsync(HttpContext context) => GetAsync(context, enveloped: true);

    /// <inheritdoc cref="GetEnvelopedAsync"/>
    public Task PatchEnvelopedAsync(HttpContext context) => PatchAsync(context, enveloped: true);

    private Task GetAsync(HttpContext context, bool enveloped) =>
        ReplyAsync(context, logs.Find(Route(context, "gateway"), Route(context, "logId")), enveloped);

    private async Task PatchAsync(HttpContext context, bool enveloped)
    {
        using var body = await Bodies.ReadAsync(context);
        if (body?.RootElement is not { ValueKind: JsonValueKind.Object } patch || Problem(patch) is not null)
        {
            await Replies.FailAsync(context, Failures.BadRequest(
                body is null ? "The body is {\"feedback\", \"score\", \"metadata\"}." : Problem(body.RootElement) ?? "The body is an object."));
            return;
        }

        await ReplyAsync(context, logs.Patch(Route(context, "gateway"), Route(context, "logId"), log => Apply(log, patch)), enveloped);
    }

    private static GatewayLog Apply(GatewayLog log, JsonElement patch) => log with
    {
        Feedback = patch.TryGetProperty("feedback", out var feedback) ? Number<int>(feedback) : log.Feedback,
        Score = patch.TryGetProperty("score", out var score) ? Number<double>(score) : log.Score,
        Metadata = patch.TryGetProperty("metadata", out var metadata) ? JsonNode.Parse(metadata.GetRawText()) as JsonObject : log.Metadata,
    };

    private static string? Problem(JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return "The body is an object.";
        }

        if (patch.Member("feedback") is { } feedback && !(feedback.ValueKind == JsonValueKind.Number && feedback.TryGetInt32(out var vote) && vote is -1 or 1))
        {
            return "feedback is -1, 1 or null.";
        }

        if (patch.Member("score") is { } score && !(score.ValueKind == JsonValueKind.Number && score.GetDouble() is >= 0 and <= 100))
        {
            return "score is a number from 0 to 100, or null.";
        }

        return patch.Member("metadata") is { ValueKind: not JsonValueKind.Object } ? "metadata is an object or null." : null;
    }

    private static T? Number<T>(JsonElement element)
        where T : struct, IParsable<T> =>
        element.ValueKind == JsonValueKind.Null ? null : T.Parse(element.GetRawText(), CultureInfo.InvariantCulture);

    private static Task ReplyAsync(HttpContext context, GatewayLog? log, bool enveloped)
    {
        if (log is null)
        {
            return Replies.FailAsync(context, Failures.NoSuchLog);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(log, LogJson.Default.GatewayLog);
        return Replies.JsonAsync(context, enveloped
            ? [.. "{\"result\":"u8, .. json, .. ",\"success\":true,\"errors\":[],\"messages\":[]}"u8]
            : json);
    }

    private static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
