using System.Text.Json;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary>A Workers AI model that answers at once, with a result that follows from seed, model and inputs.</summary>
internal abstract class TaskWire : Wire
{
    public override bool Streams => false;

    public override void Stream(Answer answer, EventScriptBuilder script)
    {
    }

    public override void Fail(EventScriptBuilder script) => For(WireFormat.WorkersAi).Fail(script);

    public override string ErrorBody(string type, string? code, string message) => For(WireFormat.WorkersAi).ErrorBody(type, code, message);

    /// <summary>The first of these that the inputs lack.</summary>
    protected static string? Missing(JsonElement inputs, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (inputs.ValueKind != JsonValueKind.Object || !inputs.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return name;
            }
        }

        return null;
    }
}
