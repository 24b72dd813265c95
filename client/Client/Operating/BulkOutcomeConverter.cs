using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client;

internal sealed class BulkOutcomeConverter : JsonConverter<BulkOutcome>
{
    public override bool HandleNull => true;

    public override BulkOutcome Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "cancelled" => BulkOutcome.Cancelled,
        "deleted" => BulkOutcome.Deleted,
        "already-ended" => BulkOutcome.AlreadyEnded,
        "active" => BulkOutcome.Active,
        "not-found" => BulkOutcome.NotFound,
        _ => BulkOutcome.Unknown,
    };

    public override void Write(Utf8JsonWriter writer, BulkOutcome value, JsonSerializerOptions options) => writer.WriteStringValue(value switch
    {
        BulkOutcome.Cancelled => "cancelled",
        BulkOutcome.Deleted => "deleted",
        BulkOutcome.AlreadyEnded => "already-ended",
        BulkOutcome.Active => "active",
        BulkOutcome.NotFound => "not-found",
        _ => null,
    });
}
