using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>The README's lines for a newcomer, run as printed; only the port is another one.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_curl_lines_work_as_printed()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);

        // Two seconds of a run's events are of a process that has served one before: the first takes long on a slow machine.
        using var http = ServiceClient.Create(service.Address);
        const string body = """{"model":"openai/gpt-5-mini~events=20~rate=0","input":{"messages":[{"role":"user","content":"hello"}]}}""";
        var before = await ServiceClient.SubmitAsync(http, body, "before", TestContext.Current.CancellationToken);
        await new CursorReader(http, before, new Random(1)).ReadToEndAsync(TestContext.Current.CancellationToken);
        var blocks = ShellBlocks().Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Root, "README.md")))
            .Select(block => block.Groups["lines"].Value)
            .Where(lines => lines.Contains("curl", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(4, blocks.Count);
        var script = string.Join("\necho; echo '-----'\n", blocks)
            .Replace("http://127.0.0.1:5080/", service.Address.ToString(), StringComparison.Ordinal);

        var parts = Encoding.UTF8.GetString(await ShellScript.RunAsync(script, directory.FullPath)).Split("-----");

        Assert.Matches("\"id\": ?\"run_", parts[0]);
        Assert.Contains("event: output.delta", parts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("event: run.completed", parts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("id: 5\n", parts[2], StringComparison.Ordinal);
        Assert.StartsWith("id: 6\n", parts[2].TrimStart(), StringComparison.Ordinal);
        Assert.Contains("event: run.completed", parts[2], StringComparison.Ordinal);
        Assert.True(parts[3].Trim().Split(' ').Length > 20, parts[3]);
    }

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ShellBlocks();
}
