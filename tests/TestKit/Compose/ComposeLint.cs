using System.Diagnostics;
using Orchestrator.TestKit.Npm;

namespace Orchestrator.TestKit.Compose;

/// <summary>
/// Reads compose files as an engine would before it starts anything: against the schema of the Compose specification, which dclint carries, and
/// for what can not be right (two containers of one name, one port given twice). Matters of taste are off.
/// </summary>
public static class ComposeLint
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Why nothing can be read here; null where it can.</summary>
    public static string? Missing { get; } = NpmPackages.IsInstalled
        ? null
        : "npm is not on the PATH: install Node.js and npm (Debian: nodejs npm) to check the compose file.";

    /// <summary>What is wrong with a file; empty where nothing is.</summary>
    public static async Task<string> CheckAsync(string file)
    {
        var packages = new NpmPackages(Path.Combine("tests", "TestKit", "Compose", "npm"));
        await packages.InstallAsync();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = packages.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList =
            {
                Path.Combine("node_modules", "dclint", "bin", "dclint.cjs"), "--config", "dclint.json", "--max-warnings", "0", "--no-color", file,
            },
        };
        using var lint = Process.Start(start)!;
        var output = lint.StandardOutput.ReadToEndAsync();
        var errors = lint.StandardError.ReadToEndAsync();
        try
        {
            await lint.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            lint.Kill();
            throw;
        }

        return lint.ExitCode == 0 ? "" : $"dclint ended with code {lint.ExitCode}.\n{await output}{await errors}";
    }
}
