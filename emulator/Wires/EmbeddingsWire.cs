using System.Globalization;
using Orchestrator.Emulator.Prose;

namespace Orchestrator.Emulator.Wires;

/// <summary>OpenAI embeddings: one document with a vector for each input, made from its text alone.</summary>
internal sealed class EmbeddingsWire : Wire
{
    private const int Dimensions = 16;
    private const int Steps = 1_000;

    public override bool Streams => false;

    public override void Stream(Answer answer, EventScriptBuilder script)
    {
    }

    public override void Fail(EventScriptBuilder script) => For(WireFormat.OpenAi).Fail(script);

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        to.Write("{\"object\":\"list\",\"data\":[");
        to.Write(string.Join(',', answer.Inputs.Select(static (key, index) =>
            $"{{\"object\":\"embedding\",\"index\":{index},\"embedding\":[{Vector(key)}]}}")));
        to.Write($"],\"model\":{Json.Quote(answer.Model)},\"usage\":{{\"prompt_tokens\":{answer.PromptTokens},\"total_tokens\":{answer.PromptTokens}}}}}");
    }

    public override string ErrorBody(string type, string? code, string message) => For(WireFormat.OpenAi).ErrorBody(type, code, message);

    private static string Vector(ulong key) => string.Join(',', Enumerable.Range(0, Dimensions).Select(i =>
        (((double)(Mix.At(key, i) % (2 * Steps)) - Steps) / Steps).ToString(CultureInfo.InvariantCulture)));
}
