using System.Text.Json;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary><c>{input_text, max_length?}</c> → <c>{summary}</c>: how the text begins.</summary>
internal sealed class SummaryWire : TaskWire
{
    private const int UnlessSaid = 24;

    public override string? Lacks(JsonElement inputs) => Missing(inputs, "input_text");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var words = Words.In(answer.Asked.GetProperty("input_text").ToString());
        var most = answer.Asked.TryGetProperty("max_length", out var length) && length.TryGetInt32(out var given) ? Math.Min(given, UnlessSaid) : UnlessSaid;
        to.Write($"{{\"summary\":{Json.Quote(string.Join(' ', words.Take(most)))}}}");
    }
}
