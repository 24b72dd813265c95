using System.Globalization;
using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary><c>{text}</c> or <c>{image}</c> → <c>[{label, score}]</c>, scores that add up to 1, the highest first.</summary>
internal sealed class ClassificationWire(string input, params string[] labels) : TaskWire
{
    public override string? Lacks(JsonElement inputs) => Missing(inputs, input);

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var key = Mix.Of(answer.Asked.GetProperty(input).GetRawText());
        var weights = labels.Select((label, i) => (Label: label, Weight: 1.0 + (Mix.At(key, i) % 10_000))).ToList();
        var all = weights.Sum(static one => one.Weight);
        to.Write("[");
        to.Write(string.Join(',', weights.OrderByDescending(static one => one.Weight).Select(one =>
            string.Create(CultureInfo.InvariantCulture, $"{{\"label\":\"{one.Label}\",\"score\":{one.Weight / all:0.########}}}"))));
        to.Write("]");
    }
}
