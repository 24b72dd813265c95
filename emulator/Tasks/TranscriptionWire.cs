using System.Globalization;
using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary><c>{audio}</c> → words with their times: Whisper's <c>{text, words, vtt}</c>, with segments for the larger one, or Deepgram's.</summary>
internal sealed class TranscriptionWire : TaskWire
{
    private const double SecondsPerWord = 0.4;

    public override string? Lacks(JsonElement inputs) => Missing(inputs, "audio");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var audio = answer.Asked.GetProperty("audio");
        var key = Mix.Of(audio.ValueKind == JsonValueKind.Object && audio.TryGetProperty("body", out var body) ? body.ToString() : audio.ToString());
        var words = Words.Of(key, 8 + (int)(key % 8));
        to.Write(answer.Model.Contains("deepgram", StringComparison.Ordinal) ? Deepgram(words, key) : Whisper(words, answer.Model));
    }

    private static string Whisper(string[] words, string model)
    {
        var text = string.Join(' ', words);
        var end = Seconds(words.Length);
        var own = $"\"text\":{Json.Quote(text)},\"word_count\":{Number(words.Length)},\"vtt\":{Json.Quote($"WEBVTT\n\n00.000 --> {end}\n{text}\n")}";
        return model.Contains("turbo", StringComparison.Ordinal)
            ? $"{{\"transcription_info\":{{\"language\":\"en\",\"language_probability\":0.98,\"duration\":{end}}},{own},"
                + $"\"segments\":[{{\"start\":0,\"end\":{end},\"text\":{Json.Quote(text)},\"words\":[{Each(words)}]}}]}}"
            : $"{{{own},\"words\":[{Each(words)}]}}";
    }

    private static string Deepgram(string[] words, ulong key) =>
        $"{{\"results\":{{\"channels\":[{{\"alternatives\":[{{\"transcript\":{Json.Quote(string.Join(' ', words))},"
        + $"\"confidence\":{(0.9 + (key % 100 / 1_000.0)).ToString("0.###", CultureInfo.InvariantCulture)},\"words\":[{Each(words)}]}}]}}]}}}}";

    private static string Each(string[] words) => string.Join(',', words.Select(static (word, i) =>
        $"{{\"word\":{Json.Quote(word)},\"start\":{Seconds(i)},\"end\":{Seconds(i + 1)}}}"));

    private static string Seconds(int words) => (words * SecondsPerWord).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
