using System.Diagnostics;
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
        var blocks = ShellBlocks().Matches(await File.ReadAllTextAsync(ReadmePath()))
            .Select(block => block.Groups["lines"].Value)
            .Where(lines => lines.Contains("curl", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(4, blocks.Count);
        var script = string.Join("\necho; echo '-----'\n", blocks)
            .Replace("http://127.0.0.1:5080/", service.Address.ToString(), StringComparison.Ordinal);

        var parts = (await ShellAsync(script, directory.FullPath)).Split("-----");

        Assert.Matches("\"id\": ?\"run_", parts[0]);
        Assert.Contains("event: output.delta", parts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("event: run.completed", parts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("id: 5\n", parts[2], StringComparison.Ordinal);
        Assert.StartsWith("id: 6\n", parts[2].TrimStart(), StringComparison.Ordinal);
        Assert.Contains("event: run.completed", parts[2], StringComparison.Ordinal);
        Assert.True(parts[3].Trim().Split(' ').Length > 20, parts[3]);
    }

    private static async Task<string> ShellAsync(string script, string directory)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }

    private static string ReadmePath()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orchestrator.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine(directory.FullName, "README.md");
    }

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellBlocks();
}
