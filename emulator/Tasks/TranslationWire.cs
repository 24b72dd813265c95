using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary><c>{text, source_lang?, target_lang}</c> → <c>{translated_text}</c>: as many words as the text has, others for each language.</summary>
internal sealed class TranslationWire : TaskWire
{
    public override string? Lacks(JsonElement inputs) => Missing(inputs, "text", "target_lang");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var text = answer.Asked.GetProperty("text").ToString();
        var key = Mix.Of(Mix.Of(text), Mix.Of(answer.Asked.GetProperty("target_lang").ToString()));
        to.Write($"{{\"translated_text\":{Json.Quote(string.Join(' ', Words.Of(key, Words.In(text).Length)))}}}");
    }
}
