using System.Text.Json;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Webhooks;

namespace Orchestrator.Standalone.Webhooks;

/// <summary>A delivery as its file holds it.</summary>
internal sealed record WebhookFile
{
    public required string Run { get; init; }

    public required string Tenant { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Tries { get; init; }

    public DateTimeOffset? FirstTryAt { get; init; }

    public DateTimeOffset? NextTryAt { get; init; }

    public static byte[] Write(WebhookDelivery delivery) => JsonSerializer.SerializeToUtf8Bytes(
        new WebhookFile
        {
            Run = delivery.Run.ToString(),
            Tenant = delivery.Tenant,
            Url = delivery.Webhook.Url,
            Events = delivery.Webhook.Events,
            CreatedAt = delivery.CreatedAt,
            Tries = delivery.Tries,
            FirstTryAt = delivery.FirstTryAt,
            NextTryAt = delivery.NextTryAt,
        },
        WebhookFileJson.Default.WebhookFile);

    /// <exception cref="JsonException">It is not such a file.</exception>
    /// <exception cref="FormatException">The run's id is none.</exception>
    public static WebhookDelivery Read(ReadOnlySpan<byte> bytes)
    {
        var file = JsonSerializer.Deserialize(bytes, WebhookFileJson.Default.WebhookFile) ?? throw new JsonException("It holds nothing.");
        return new WebhookDelivery
        {
            Run = RunId.Parse(file.Run),
            Tenant = file.Tenant,
            Webhook = new WebhookSpec { Url = file.Url, Events = file.Events },
            CreatedAt = file.CreatedAt,
            Tries = file.Tries,
            FirstTryAt = file.FirstTryAt,
            NextTryAt = file.NextTryAt,
        };
    }
}
