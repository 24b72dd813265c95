using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Journals;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>The table of metrics, the dashboard and the alert rules name what there is.</summary>
public sealed partial class OperationsTests
{
    private static readonly string Root = RepositoryFiles.Root;

    [Fact]
    public void The_table_of_metrics_is_the_metrics()
    {
        var documented = Row().Matches(File.ReadAllText(Path.Combine(Root, "docs", "operations.md"))).Select(static row => row.Groups["name"].Value);
        Assert.Equal(Instruments().Select(static one => one.Name).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("alerts.yaml")]
    [InlineData("grafana-dashboard.json")]
    public void A_rule_and_a_panel_ask_for_metrics_that_there_are(string file)
    {
        var known = Instruments().SelectMany(PrometheusNames).ToHashSet(StringComparer.Ordinal);
        var asked = Series().Matches(File.ReadAllText(Path.Combine(Root, "operations", file))).Select(static match => match.Value)
            .Where(static name => !Attributes.Contains(name)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(asked.Count >= 9, string.Join(", ", asked));
        Assert.All(asked, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Every_alert_has_a_runbook()
    {
        var alerts = Alert().Matches(File.ReadAllText(Path.Combine(Root, "operations", "alerts.yaml"))).Select(static match => match.Groups["name"].Value);
        var runbooks = Runbook().Matches(File.ReadAllText(Path.Combine(Root, "docs", "operations.md"))).Select(static match => match.Groups["name"].Value);
        Assert.Equal(alerts.Order(StringComparer.Ordinal), runbooks.Order(StringComparer.Ordinal));
    }

    /// <summary>What labels are called there.</summary>
    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "orchestrator_model", "orchestrator_leg", "orchestrator_run_phase", "orchestrator_run_status", "orchestrator_detach_reason",
        "gen_ai_response_model", "gen_ai_token_type",
    };

    private static List<Instrument> Instruments()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith(EngineTelemetry.MeterName, StringComparison.Ordinal))
                {
                    lock (instruments)
                    {
                        instruments.Add(instrument);
                    }
                }
            },
        };
        listener.Start();
        foreach (var type in typeof(EngineTelemetry).Assembly.GetTypes().Where(static type => type.Namespace == typeof(EngineTelemetry).Namespace))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        var journals = typeof(RunJournal).Assembly.GetType("Orchestrator.Journals.JournalInstruments", throwOnError: true)!;
        using var made = (IDisposable)Activator.CreateInstance(journals, nonPublic: true)!;
        lock (instruments)
        {
            return [.. instruments.DistinctBy(static one => one.Name, StringComparer.Ordinal)];
        }
    }

    private static IReadOnlyList<string> PrometheusNames(Instrument instrument) =>
        PrometheusSeries.Of(instrument.Name, instrument.Unit, instrument.GetType().Name.Split('`')[0]);

    [GeneratedRegex(@"^\| `(?<name>(?:orchestrator|gen_ai)\.[a-z_.]+)` \| (?:counter|up-down|histogram)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(?:orchestrator|gen_ai)_[a-z_]+\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Series();

    [GeneratedRegex(@"- alert: (?<name>\w+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^### (?<name>Orchestrator\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Runbook();
}
