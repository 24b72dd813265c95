using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>What the runbooks say to paste, pasted; only the address is another one.</summary>
public sealed partial class RunbookTests
{
    [Fact]
    public async Task Each_alerts_lines_are_answered()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Root, "docs", "operations.md"));
        var looking = Block().Match(text[text.IndexOf("### Looking", StringComparison.Ordinal)..]).Groups["lines"].Value;
        Assert.Contains("http://127.0.0.1:5080", looking, StringComparison.Ordinal);
        var script = new StringBuilder(looking.Replace("http://127.0.0.1:5080", service.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));
        var asked = new List<string>();
        foreach (var runbook in text.Split("\n### ").Where(static part => part.StartsWith("Orchestrator", StringComparison.Ordinal)))
        {
            var lines = Block().Match(runbook).Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.NotEmpty(lines);
            foreach (var line in lines)
            {
                asked.Add($"{runbook[..runbook.IndexOf('\n', StringComparison.Ordinal)]}: {line}");
                script.Append(null, $"{line}\necho -----\n");
            }
        }

        var answers = Encoding.UTF8.GetString(await ShellScript.RunAsync(script.ToString(), directory.FullPath)).Split("-----", StringSplitOptions.TrimEntries)[..^1];

        Assert.True(asked.Count >= 10);
        Assert.Equal(asked.Count, answers.Length);
        Assert.All(asked.Zip(answers), static pair =>
        {
            using var answer = JsonDocument.Parse(pair.Second);
            Assert.False(answer.RootElement.TryGetProperty("title", out _), $"{pair.First}: {pair.Second}");
        });
    }

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Block();
}
