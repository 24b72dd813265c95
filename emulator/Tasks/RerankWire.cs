using System.Globalization;
using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary><c>{query, contexts, top_k?}</c> → <c>{response: [{id, score}]}</c>, the contexts that share most words with the query first.</summary>
internal sealed class RerankWire : TaskWire
{
    public override string? Lacks(JsonElement inputs) => Missing(inputs, "query", "contexts");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var query = Words.In(answer.Asked.GetProperty("query").ToString());
        var contexts = answer.Asked.GetProperty("contexts").EnumerateArray();
        var scored = contexts.Select((context, id) => (Id: id, Score: Score(query, TextOf(context))))
            .OrderByDescending(static one => one.Score)
            .ThenBy(static one => one.Id);
        var top = answer.Asked.TryGetProperty("top_k", out var k) && k.TryGetInt32(out var most) ? most : int.MaxValue;
        to.Write("{\"response\":[");
        to.Write(string.Join(',', scored.Take(top).Select(static one =>
            string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{one.Id},\"score\":{one.Score:0.######}}}"))));
        to.Write("]}");
    }

    private static string TextOf(JsonElement context) =>
        context.ValueKind == JsonValueKind.Object && context.TryGetProperty("text", out var text) ? text.ToString() : context.ToString();

    /// <summary>Words in common count most; the rest tells equals apart.</summary>
    private static double Score(string[] query, string context)
    {
        var words = Words.In(context).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var common = query.Length == 0 ? 0 : query.Count(words.Contains) / (double)query.Length;
        return (0.9 * common) + (Mix.Of(context) % 1_000 / 10_000.0);
    }
}
