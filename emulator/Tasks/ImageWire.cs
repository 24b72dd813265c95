using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary>
/// <c>{prompt, width?, height?, seed?}</c> → a PNG, by itself or as base64 in <c>{image}</c>, as the models differ. Without a <c>seed</c>
/// the same inputs give another picture each time.
/// </summary>
internal sealed class ImageWire(bool inJson) : TaskWire
{
    private const int UnlessSaid = 512;
    private const int Most = 2048;
    private const int Discs = 6;

    public override string? ContentTypeOf(Answer answer) => inJson ? null : "image/png";

    public override string? Lacks(JsonElement inputs) => Missing(inputs, "prompt");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var asked = answer.Asked;
        var key = asked.TryGetProperty("seed", out var seed) ? Mix.Of(answer.Identity, Mix.Of(seed.GetRawText())) : Mix.At(answer.Identity, answer.Occasion);
        var png = Paint(key, Size(asked, "width"), Size(asked, "height"));
        if (inJson)
        {
            to.Write($"{{\"image\":\"{Convert.ToBase64String(png)}\"}}");
        }
        else
        {
            to.Write(png);
        }
    }

    private static int Size(JsonElement inputs, string name) =>
        inputs.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size)
            ? Math.Clamp(size, 1, Most)
            : UnlessSaid;

    /// <summary>Discs on a slope of two colours.</summary>
    private static byte[] Paint(ulong key, int width, int height)
    {
        var (from, to) = (Colour(key, 0), Colour(key, 1));
        var discs = Enumerable.Range(0, Discs).Select(i => (
            X: (int)(Mix.At(key, (i * 3) + 10) % (ulong)width),
            Y: (int)(Mix.At(key, (i * 3) + 11) % (ulong)height),
            Radius: Math.Max(1, Math.Min(width, height) * ((int)(Mix.At(key, (i * 3) + 12) % 20) + 5) / 100),
            Colour: Colour(key, i + 2))).ToArray();
        return Png.Encode(width, height, (x, y) =>
        {
            foreach (var disc in discs)
            {
                if (((x - disc.X) * (x - disc.X)) + ((y - disc.Y) * (y - disc.Y)) <= disc.Radius * disc.Radius)
                {
                    return disc.Colour;
                }
            }

            return Between(from, to, y, height);
        });
    }

    private static int Colour(ulong key, int index) => (int)(Mix.At(key, index) & 0xFFFFFF);

    private static int Between(int from, int to, int at, int of)
    {
        int Channel(int shift) => ((((from >> shift) & 0xFF) * (of - at)) + (((to >> shift) & 0xFF) * at)) / of << shift;
        return Channel(16) | Channel(8) | Channel(0);
    }
}
