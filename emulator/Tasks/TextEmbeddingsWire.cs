using System.Globalization;
using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary><c>{text}</c> → <c>{shape, data, pooling}</c>: a vector of length 1 for each text, made from the text alone.</summary>
internal sealed class TextEmbeddingsWire : TaskWire
{
    private const double Half = 0.5 * ulong.MaxValue;

    public override string? Lacks(JsonElement inputs) => Missing(inputs, "text");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var texts = Texts(answer.Asked.GetProperty("text"));
        var dimensions = DimensionsOf(answer.Model);
        to.Write(string.Create(CultureInfo.InvariantCulture, $"{{\"shape\":[{texts.Count},{dimensions}],\"data\":["));
        for (var i = 0; i < texts.Count; i++)
        {
            to.Write(i == 0 ? "[" : ",[");
            WriteVector(Mix.Of(texts[i]), dimensions, to);
            to.Write("]");
        }

        to.Write("],\"pooling\":\"mean\"}");
    }

    private static List<string> Texts(JsonElement text) =>
        text.ValueKind == JsonValueKind.Array ? [.. text.EnumerateArray().Select(static one => one.ToString())] : [text.ToString()];

    private static int DimensionsOf(string model) => model switch
    {
        _ when model.Contains("small", StringComparison.Ordinal) => 384,
        _ when model.Contains("large", StringComparison.Ordinal) || model.Contains("m3", StringComparison.Ordinal) => 1024,
        _ => 768,
    };

    private static void WriteVector(ulong key, int dimensions, ByteSlab to)
    {
        var vector = new double[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = (Mix.At(key, i) / Half) - 1;
        }

        var length = Math.Sqrt(vector.Sum(static x => x * x));
        to.Write(string.Join(',', vector.Select(x => Math.Round(x / length, 8).ToString("0.########", CultureInfo.InvariantCulture))));
    }
}
