using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Scenarios.Tests.Kit;
using Orchestrator.TestKit.Prometheus;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>The alert rules and the dashboard as Prometheus takes them.</summary>
public sealed partial class AlertRulesTests
{
    private const string Rules = "alerts.yaml";
    private const string RulesTest = "alerts.test.yaml";

    private static readonly string Operations = Path.Combine(RepositoryFiles.Root, "operations");

    [Fact]
    public async Task Each_alert_is_raised_when_it_should_be_and_not_otherwise()
    {
        Assert.SkipWhen(Promtool.Missing is not null, Promtool.Missing ?? "");
        var alerts = Alert().Matches(await File.ReadAllTextAsync(Path.Combine(Operations, Rules))).Select(static match => match.Groups["name"].Value).ToList();
        var tests = await File.ReadAllTextAsync(Path.Combine(Operations, RulesTest));
        Assert.Equal(10, alerts.Count);
        Assert.All(alerts, alert => Assert.Matches($@"alertname: {alert} }}", tests));
        Assert.All(alerts, alert => Assert.Matches($@"alertname: {alert}\s+exp_alerts:", tests));

        var (isRight, checkedRules) = await Promtool.RunAsync("check", "rules", "--lint=all", "--lint-fatal", Path.Combine(Operations, Rules));
        Assert.True(isRight, checkedRules);
        var (isWell, output) = await Promtool.RunAsync("test", "rules", Path.Combine(Operations, RulesTest));
        Assert.True(isWell, output);
    }

    [Theory]
    [InlineData("absent_over_time(orchestrator_journal_appends_total[10m])", "orchestrator_journal_appends_total == 0")]
    [InlineData("sum(rate(orchestrator_commits_refused_total[1m])) > 0", "sum(orchestrator_commits_refused_total) > 0")]
    [InlineData("[5m]))) > 0.1", "[5m]))) > 0.3")]
    [InlineData("sum(rate(orchestrator_runs_ended_total[10m])) > 0.05", "sum(rate(orchestrator_runs_ended_total[10m])) > 0.5")]
    [InlineData("sum by (orchestrator_model) (rate(orchestrator_attempts_total[5m])) > 0.5", "sum(rate(orchestrator_attempts_total[5m])) > 0.5")]
    [InlineData("sum by (orchestrator_model) (orchestrator_circuits_open) > 0", "sum by (orchestrator_model) (orchestrator_circuits_open) >= 0")]
    [InlineData("orchestrator_run_phase=\"recovering\"", "orchestrator_run_phase=\"recovers\"")]
    [InlineData("=~\"queued|waiting\"", "=~\"queued\"")]
    [InlineData("sum by (le, orchestrator_model)", "sum by (le)")]
    [InlineData("(orchestrator_journal_takeovers_total > 0 unless orchestrator_journal_takeovers_total offset 10m)", "(vector(0) > 0)")]
    [InlineData("or increase(orchestrator_journal_takeovers_total[10m]) > 0", "")]
    public async Task A_rule_that_is_wrong_is_found(string right, string wrong)
    {
        Assert.SkipWhen(Promtool.Missing is not null, Promtool.Missing ?? "");
        using var directory = new TemporaryDirectory();
        var rules = await File.ReadAllTextAsync(Path.Combine(Operations, Rules));
        Assert.Contains(right, rules, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(directory.FullPath, Rules), rules.Replace(right, wrong, StringComparison.Ordinal));
        File.Copy(Path.Combine(Operations, RulesTest), Path.Combine(directory.FullPath, RulesTest));

        var (isWell, output) = await Promtool.RunAsync("test", "rules", Path.Combine(directory.FullPath, RulesTest));
        Assert.False(isWell, output);
        Assert.Contains("FAILED", output, StringComparison.Ordinal);
        Assert.DoesNotContain("parse error", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_panel_asks_what_Prometheus_understands()
    {
        Assert.SkipWhen(Promtool.Missing is not null, Promtool.Missing ?? "");
        var (isRight, output) = await CheckPanelsAsync(static text => text);
        Assert.True(isRight, output);
        var (isWrongRight, found) = await CheckPanelsAsync(static text => text.Replace("sum by (error_type) (rate(", "sum by (error_type) rate(", StringComparison.Ordinal));
        Assert.False(isWrongRight, found);
        Assert.Contains("parse error", found, StringComparison.Ordinal);
    }

    /// <summary>As rules that record what the panels show: Prometheus reads those as it reads what Grafana asks.</summary>
    private static async Task<(bool IsRight, string Output)> CheckPanelsAsync(Func<string, string> change)
    {
        using var dashboard = JsonDocument.Parse(change(await File.ReadAllTextAsync(Path.Combine(Operations, "grafana-dashboard.json"))));
        var asked = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(static panel => panel.TryGetProperty("targets", out _))
            .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray())
            .Select(static target => target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "5m", StringComparison.Ordinal))
            .ToList();
        Assert.True(asked.Count > 20);
        Assert.All(asked, static expression => Assert.DoesNotContain('$', expression));
        var rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        foreach (var (number, expression) in asked.Index())
        {
            rules.Append(null, $"      - record: panel:{number}\n        expr: {JsonSerializer.Serialize(expression)}\n");
        }

        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.FullPath, "panels.yaml");
        await File.WriteAllTextAsync(file, rules.ToString());
        return await Promtool.RunAsync("check", "rules", file);
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Alert();
}
