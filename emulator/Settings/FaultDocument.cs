using System.Text.Json;

namespace Orchestrator.Emulator.Settings;

/// <summary>The body of <c>PUT /emulator/faults/{model}</c>: the same keys as a model name's, and <c>times</c>.</summary>
internal sealed record FaultDocument(IReadOnlyList<KeyValuePair<string, string>> Keys, int? Times)
{
    /// <exception cref="BadSettingException">Not an object, or a value that is neither text, number nor boolean.</exception>
    public static FaultDocument Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new BadSettingException("A fault document is a JSON object, for example {\"status\": \"429x2\", \"times\": 1}.");
        }

        List<KeyValuePair<string, string>> keys = [];
        int? times = null;
        foreach (var property in body.EnumerateObject())
        {
            var value = new SettingValue(property.Name, Text(property));
            if (property.NameEquals("times"))
            {
                times = value.Count(1);
            }
            else
            {
                keys.Add(KeyValuePair.Create(property.Name, value.Text));
            }
        }

        return new(keys, times);
    }

    private static string Text(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString() ?? "",
        JsonValueKind.Number => property.Value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new BadSettingException($"Emulator key '{property.Name}' takes text, a number or a boolean."),
    };
}
