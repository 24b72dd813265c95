using System.Globalization;
using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary><c>{query}</c> → an answer and the three documents that it is from, the closest first.</summary>
internal sealed class AiSearchWire : TaskWire
{
    private const int Sources = 3;
    private const int AnswerWords = 24;
    private const int SourceWords = 16;

    public override string? Lacks(JsonElement inputs) => Missing(inputs, "query");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        var query = answer.Asked.GetProperty("query").ToString();
        var key = Mix.Of(answer.Identity, Mix.Of(query));
        to.Write($"{{\"object\":\"vector_store.search_results.page\",\"search_query\":{Json.Quote(query)},"
            + $"\"response\":{Json.Quote(string.Join(' ', Words.Of(key, AnswerWords)))},\"data\":[");
        to.Write(string.Join(',', Enumerable.Range(1, Sources).Select(i => Source(Mix.At(key, i), i))));
        to.Write("],\"has_more\":false,\"next_page\":null}");
    }

    private static string Source(ulong key, int rank) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"file_id\":\"{key:x16}\",\"filename\":\"chapter-{(key % 90) + 10}.md\",\"score\":{(0.9 / rank) - (key % 100 / 1_000.0):0.####},\"attributes\":{{}},"
        + $"\"content\":[{{\"id\":\"{key:x16}-1\",\"type\":\"text\",\"text\":{Json.Quote(string.Join(' ', Words.Of(key, SourceWords)))}}}]}}");
}
