using System.Diagnostics;

namespace Orchestrator.TestKit.Prometheus;

/// <summary>Prometheus's own tool, which reads rules as Prometheus does, and evaluates them over series that are made up.</summary>
public static class Promtool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly string? Program = Find();

    /// <summary>Why no rules can be read here; null where they can.</summary>
    public static string? Missing { get; } = Program is not null
        ? null
        : "promtool is not on the PATH: install Prometheus (Debian: prometheus) to check the alert rules and the dashboard.";

    /// <summary>What it says of it, and whether all is well.</summary>
    public static async Task<(bool IsWell, string Output)> RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program ?? throw new InvalidOperationException(Missing))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var tool = Process.Start(start)!;
        var output = tool.StandardOutput.ReadToEndAsync();
        var errors = tool.StandardError.ReadToEndAsync();
        try
        {
            await tool.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            tool.Kill();
            throw;
        }

        return (tool.ExitCode == 0, $"promtool ended with code {tool.ExitCode}.\n{await output}{await errors}");
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(static directory => directory.Length > 0)
        .Select(static directory => Path.Combine(directory, "promtool"))
        .FirstOrDefault(File.Exists);
}
