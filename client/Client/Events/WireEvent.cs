using System.Text.Json;

namespace Orchestrator.Client;

/// <summary>One event of a run exactly as the service sent it.</summary>
/// <param name="Seq">Position in the run: from 1, without gaps.</param>
/// <param name="Type">One of <see cref="RunEventTypes"/>, or a name that this client does not know.</param>
/// <param name="Json">The event's JSON, UTF-8, owned by the receiver.</param>
public readonly record struct WireEvent(long Seq, string Type, ReadOnlyMemory<byte> Json)
{
    /// <summary>True for the last event of a run, after which nothing follows.</summary>
    public bool EndsRun => RunEventTypes.EndsRun(Type);

    /// <summary>The typed event; <see cref="UnknownEvent"/> for a type that this client does not know.</summary>
    /// <exception cref="MalformedAnswerException">A field has a type that the contract does not allow.</exception>
    public RunEvent Read()
    {
        try
        {
            return Deserialize() ?? throw new MalformedAnswerException($"Event {Seq} ({Type}) is null.");
        }
        catch (JsonException e)
        {
            throw new MalformedAnswerException($"Event {Seq} ({Type}) can not be read: {e.Message}", e);
        }
    }

    /// <summary>Finds the position and the type of an event.</summary>
    /// <param name="eventName">The event's name in the stream, for data that does not repeat it.</param>
    /// <param name="data">The event's data; copied.</param>
    /// <exception cref="MalformedAnswerException">Not a JSON object with a <c>seq</c> of 1 or more.</exception>
    internal static WireEvent Parse(string eventName, ReadOnlySpan<byte> data)
    {
        long seq = 0;
        string? type = null;
        try
        {
            var reader = new Utf8JsonReader(data);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new MalformedAnswerException($"An event ({eventName}) is not a JSON object.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("seq"u8))
                {
                    reader.Read();
                    seq = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : 0;
                }
                else if (reader.ValueTextEquals("type"u8))
                {
                    reader.Read();
                    type = reader.TokenType == JsonTokenType.String ? TypeName(ref reader, eventName) : null;
                }

                reader.Skip();
            }
        }
        catch (JsonException e)
        {
            throw new MalformedAnswerException($"An event ({eventName}) is not JSON: {e.Message}", e);
        }

        return seq > 0
            ? new WireEvent(seq, type ?? eventName, data.ToArray())
            : throw new MalformedAnswerException($"An event ({eventName}) carries no seq.");
    }

    // The stream's name for the event is already a string; nearly always the data repeats it.
    private static string TypeName(ref Utf8JsonReader reader, string eventName) =>
        reader.ValueTextEquals(eventName) ? eventName : reader.GetString()!;

    private RunEvent? Deserialize()
    {
        var json = Json.Span;
        var wire = WireJson.Default;
        return Type switch
        {
            RunEventTypes.RunCreated => JsonSerializer.Deserialize(json, wire.RunCreated),
            RunEventTypes.AttemptStarted => JsonSerializer.Deserialize(json, wire.AttemptStarted),
            RunEventTypes.AttemptAttached => JsonSerializer.Deserialize(json, wire.AttemptAttached),
            RunEventTypes.AttemptDetached => JsonSerializer.Deserialize(json, wire.AttemptDetached),
            RunEventTypes.AttemptReattached => JsonSerializer.Deserialize(json, wire.AttemptReattached),
            RunEventTypes.AttemptFailed => JsonSerializer.Deserialize(json, wire.AttemptFailed),
            RunEventTypes.OutputDelta => JsonSerializer.Deserialize(json, wire.OutputDelta),
            RunEventTypes.ReasoningDelta => JsonSerializer.Deserialize(json, wire.ReasoningDelta),
            RunEventTypes.ToolCallDelta => JsonSerializer.Deserialize(json, wire.ToolCallDelta),
            RunEventTypes.OutputResult => JsonSerializer.Deserialize(json, wire.OutputResult),
            RunEventTypes.OutputReset => JsonSerializer.Deserialize(json, wire.OutputReset),
            RunEventTypes.Usage => JsonSerializer.Deserialize(json, wire.UsageReported),
            RunEventTypes.Warning => JsonSerializer.Deserialize(json, wire.WarningRaised),
            RunEventTypes.RunCompleted => JsonSerializer.Deserialize(json, wire.RunCompleted),
            RunEventTypes.RunFailed => JsonSerializer.Deserialize(json, wire.RunFailed),
            RunEventTypes.RunCancelled => JsonSerializer.Deserialize(json, wire.RunCancelled),
            _ => new UnknownEvent { Seq = Seq, Type = Type, Json = JsonSerializer.Deserialize(json, wire.JsonElement) },
        };
    }
}
