using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>What the alert rules and the dashboard's panels ask for is what a service sends that all of it has happened to.</summary>
public sealed partial class ExportedMetricsTests
{
    private const string Unwell = "xai/grok-4~status=503";
    private const string Limited = "deepseek/deepseek-chat~events=5~rate=0";

    [Fact]
    public async Task Each_series_label_and_value_that_is_asked_for_is_sent()
    {
        await using var traced = await TracedService.StartAsync(
            "--Limits:Models:0:Model", Limited, "--Limits:Models:0:Requests", "1", "--Limits:Models:0:WindowSeconds", "3600");
        await HappenAsync(traced);

        var sent = new Dictionary<string, Dictionary<string, HashSet<string>>>(StringComparer.Ordinal);
        foreach (var point in traced.Collector.Points)
        {
            foreach (var series in point.Series)
            {
                var labels = sent.TryGetValue(series, out var known) ? known : sent[series] = new(StringComparer.Ordinal);
                foreach (var (attribute, value) in point.Attributes)
                {
                    var label = PrometheusSeries.Label(attribute);
                    (labels.TryGetValue(label, out var values) ? values : labels[label] = new(StringComparer.Ordinal)).Add(value);
                }
            }
        }

        var expressions = Expressions().ToList();
        Assert.True(expressions.Count > 30);
        Assert.All(expressions, expression => Assert.Equal("", Wrong(expression, sent)));
    }

    /// <summary>All that there are metrics of.</summary>
    private static async Task HappenAsync(TracedService traced)
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => SubmitAsync(traced, Unwell, "unwell", i, """, "retry": {"maxAttempts": 1}""")));
        await UntilSentAsync(traced, "orchestrator.circuits.open");
        var fallen = await SubmitAsync(
            traced, "openai/gpt-5-mini~status=400", "fallen", 0, """, "fallback": {"mode": "client", "models": ["anthropic/claude-haiku-4.5~events=60~rate=0~drop=3000"]}""");
        await traced.ReadToEndAsync(fallen);
        await SubmitAsync(traced, Limited, "first", 0);
        await SubmitAsync(traced, Limited, "queued", 0);
        await SubmitAsync(traced, Unwell, "waiting", 0, """, "retry": {"maxAttempts": 5, "delayMs": 120000, "maxDelayMs": 120000}""");
        await UntilSentAsync(traced, "orchestrator.runs.active", "queued");
        await UntilSentAsync(traced, "orchestrator.runs.active", "waiting");

        // Under way while the storage refuses, and when the process dies; the start after that finds a log that nobody closed.
        await SubmitAsync(traced, "openai/gpt-5-mini~events=100000~rate=100", "under-way", 0);
        await UntilSentAsync(traced, "orchestrator.runs.active", "streaming");
        SQLitePCL.Batteries_V2.Init();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(traced.Directory, "journal.db")};Pooling=False"))
        {
            await other.OpenAsync(traced.Limit);
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(traced.Limit);
            await UntilSentAsync(traced, "orchestrator.commits.refused");
        }

        await traced.KillAndStartAsync();
        await UntilSentAsync(traced, "orchestrator.journal.takeovers");
        await UntilSentAsync(traced, "orchestrator.journal.compacted");
    }

    private static Task<string> SubmitAsync(TracedService traced, string model, string key, int number, string more = "") => ServiceClient.SubmitAsync(
        traced.Http,
        $$$"""{"model": "{{{model}}}", "input": {"messages": [{"role": "user", "content": "hello"}], "max_tokens": 100}{{{more}}}}""",
        string.Create(CultureInfo.InvariantCulture, $"{key}-{number}"), traced.Limit);

    private static Task UntilSentAsync(TracedService traced, string metric, string? phase = null) => traced.Collector.UntilAsync(
        $"{metric} {phase}",
        one => one.Points.Any(point => point.Metric == metric && point.Value > 0
            && (phase is null || point.Attributes.GetValueOrDefault("orchestrator.run.phase") == phase)));

    private static IEnumerable<string> Expressions()
    {
        var operations = Path.Combine(RepositoryFiles.Root, "operations");
        var rules = File.ReadAllText(Path.Combine(operations, "alerts.yaml"));
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(operations, "grafana-dashboard.json")));
        return
        [
            .. Rule().Matches(rules).Select(static match => match.Groups["expression"].Value),
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .Where(static panel => panel.TryGetProperty("targets", out _))
                .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray())
                .Select(static target => target.GetProperty("expr").GetString()!),
        ];
    }

    /// <returns>What of an expression is not sent; empty where all is.</returns>
    private static string Wrong(string expression, Dictionary<string, Dictionary<string, HashSet<string>>> sent)
    {
        var wanted = Matcher().Matches(expression).Select(static one => (Label: one.Groups["label"].Value, Values: one.Groups["value"].Value.Split('|'))).ToList();
        var labels = By().Matches(expression).SelectMany(static by => by.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(wanted.Select(static one => one.Label)).Where(static label => label != "le").ToHashSet(StringComparer.Ordinal);
        var series = Name().Matches(expression).Select(static name => name.Value).Where(name => !labels.Contains(name)).Distinct(StringComparer.Ordinal).ToList();
        if (series.Count == 0)
        {
            return $"{expression}: names no series";
        }

        foreach (var name in series)
        {
            if (!sent.TryGetValue(name, out var known))
            {
                return $"{expression}: {name} is not sent";
            }

            if (labels.FirstOrDefault(label => !known.ContainsKey(label)) is { } label)
            {
                return $"{expression}: {name} has no {label}";
            }

            foreach (var one in wanted)
            {
                if (one.Values.FirstOrDefault(value => !known[one.Label].Contains(value)) is { } value)
                {
                    return $"{expression}: {name} has no {one.Label} of {value}";
                }
            }
        }

        return "";
    }

    [GeneratedRegex(@"^ +expr: (?:\|\s)?(?<expression>.*?)(?=^ +(?:for|labels|annotations):)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<label>\w+)\s*=~?\s*""(?<value>[^""]*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Matcher();

    [GeneratedRegex(@"by \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex By();

    [GeneratedRegex(@"\b(?:orchestrator|gen_ai)_[a-z_]+\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Name();
}
