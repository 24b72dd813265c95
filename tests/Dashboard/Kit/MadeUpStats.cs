using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>Figures of a quiet day with one bad hour, the same for the same range.</summary>
internal static class MadeUpStats
{
    private static readonly string[] Counts =
        ["submitted", "completed", "failed", "cancelled", "events", "inputTokens", "outputTokens", "reattaches", "fallbacks"];

    public static string Of(string from, string to, string step, string by)
    {
        var (start, end, seconds) = (Parse(from), Parse(to), int.Parse(step, CultureInfo.InvariantCulture));
        string[] keys = by switch
        {
            "model" => ["openai/gpt-5-mini", "anthropic/claude-haiku-4.5", "google/gemini-3-flash"],
            "leg" => ["0", "1"],
            "tenant" => ["acme"],
            _ => [""],
        };
        var series = keys.Select((key, index) => new JsonObject
        {
            ["key"] = key == "" ? null : key,
            ["points"] = new JsonArray([.. Points(start, end, seconds, keys.Length, index)]),
        }).ToArray();
        var totals = Totals(series);
        return new JsonObject
        {
            ["from"] = from,
            ["to"] = to,
            ["step"] = seconds,
            ["by"] = by,
            ["series"] = new JsonArray([.. series]),
            ["totals"] = totals,
            ["attention"] = new JsonArray(
                Attention("run_01M8A9P9AZ5ZKEG8X0EKPGRFM7", "openai/gpt-5-mini", "stalled", end.AddSeconds(-74)),
                Attention("run_01M8A9P9B1X0KDSTSQA45S3APJ", "anthropic/claude-haiku-4.5", "recovering", end.AddSeconds(-9))),
        }.ToJsonString();
    }

    private static IEnumerable<JsonNode> Points(DateTimeOffset start, DateTimeOffset end, int step, int keys, int index)
    {
        var at = 0;
        for (var time = start; time < end; time = time.AddSeconds(step), at++)
        {
            var wave = 1 + (0.45 * Math.Sin((at + (index * 7)) / 6.0)) + (0.12 * Math.Sin(at * 1.7));
            var trouble = at is > 34 and < 42;
            var submitted = (int)(wave * step * 2.2 / keys);
            var failed = trouble ? submitted / 7 : at % 13 == 5 ? 1 : 0;
            yield return new JsonObject
            {
                ["at"] = time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                ["submitted"] = submitted,
                ["completed"] = submitted - failed,
                ["failed"] = failed,
                ["cancelled"] = at % 9 == 2 ? 2 : 0,
                ["active"] = (int)(wave * 46 / keys) + (trouble ? 22 : 0),
                ["queued"] = trouble ? 14 : at % 7 == 1 ? 2 : 0,
                ["events"] = (int)(wave * step * 410 / keys),
                ["inputTokens"] = (int)(wave * step * 130 / keys),
                ["outputTokens"] = (int)(wave * step * 395 / keys),
                ["reattaches"] = trouble ? 9 : at % 11 == 4 ? 1 : 0,
                ["fallbacks"] = trouble ? 5 : 0,
                ["cost"] = new JsonObject { ["amount"] = wave * step * 0.0009 / keys, ["currency"] = "USD", ["asOf"] = "2026-11-01", ["wasted"] = 0 },
                ["firstEventP50"] = 0.31 + (0.05 * wave) + (trouble ? 0.2 : 0),
                ["firstEventP99"] = 0.9 + (0.3 * wave) + (trouble ? 2.1 : 0),
            };
        }
    }

    private static JsonObject Totals(JsonObject[] series)
    {
        var points = series.SelectMany(one => one["points"]!.AsArray()).ToArray();
        var totals = new JsonObject();
        foreach (var name in Counts)
        {
            totals[name] = points.Sum(point => point![name]!.GetValue<int>());
        }

        totals["active"] = points[^1]!["active"]!.GetValue<int>();
        totals["queued"] = points[^1]!["queued"]!.GetValue<int>();
        totals["firstEventP50"] = 0.362;
        totals["firstEventP99"] = 1.94;
        totals["cost"] = new JsonObject
        {
            ["amount"] = points.Sum(point => point!["cost"]!["amount"]!.GetValue<double>()), ["currency"] = "USD", ["asOf"] = "2026-11-01", ["wasted"] = 0.03,
        };
        return totals;
    }

    private static JsonObject Attention(string id, string model, string why, DateTimeOffset since) => new()
    {
        ["id"] = id,
        ["status"] = "running",
        ["model"] = model,
        ["phase"] = why,
        ["why"] = why,
        ["since"] = since.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset Parse(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
