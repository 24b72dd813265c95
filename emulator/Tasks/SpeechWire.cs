using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary>
/// <c>{text}</c> or <c>{prompt}</c> → sound of about the length that it takes to say, by itself or as base64 in <c>{audio}</c>, as the
/// models differ: silent MP3, or with <c>encoding: "linear16"</c> a tone as WAV.
/// </summary>
internal sealed class SpeechWire(bool inJson) : TaskWire
{
    private const double SecondsPerWord = 0.35;
    private const double MostSeconds = 120;
    private const int TitleChars = 60;

    public override string? Lacks(JsonElement inputs) => Missing(inputs, "text") is null ? null : Missing(inputs, "prompt") is null ? null : "text";

    public override string? ContentTypeOf(Answer answer) => inJson ? null : IsWav(answer.Asked) ? Sound.WavType : Sound.Mp3Type;

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var text = (answer.Asked.TryGetProperty("text", out var said) ? said : answer.Asked.GetProperty("prompt")).ToString();
        var seconds = Math.Min(MostSeconds, Words.In(text).Length * SecondsPerWord);
        var title = text.Length > TitleChars ? text[..TitleChars] : text;
        var sound = IsWav(answer.Asked) ? Sound.Wav(200 + (Mix.Of(text) % 400), seconds) : Sound.Mp3(title, seconds);
        if (inJson)
        {
            to.Write($"{{\"audio\":\"{Convert.ToBase64String(sound)}\"}}");
        }
        else
        {
            to.Write(sound);
        }
    }

    private static bool IsWav(JsonElement inputs) =>
        inputs.TryGetProperty("encoding", out var encoding) && encoding.ValueKind == JsonValueKind.String && encoding.ValueEquals("linear16");
}
