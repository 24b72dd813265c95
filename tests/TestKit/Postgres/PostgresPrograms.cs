using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.TestKit.Postgres;

/// <summary>The server's programs, run as a user that it accepts: not as root.</summary>
internal sealed class PostgresPrograms
{
    private const string Account = "postgres";
    private readonly string _directory;

    private PostgresPrograms(string directory) => _directory = directory;

    /// <summary>The newest of those that are installed; null where none is.</summary>
    public static PostgresPrograms? Find()
    {
        var named = Environment.GetEnvironmentVariable("POSTGRES_BIN");
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(version => System.IO.Path.Combine(version, "bin"))
            : [];
        var found = new[] { named }.OfType<string>().Concat(installed).FirstOrDefault(bin => File.Exists(System.IO.Path.Combine(bin, "initdb")));
        return found is null ? null : new PostgresPrograms(found);

        static int Version(string path) =>
            int.TryParse(System.IO.Path.GetFileName(path), CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    public string Path(string program) => System.IO.Path.Combine(_directory, program);

    public Process Start(string program, params ReadOnlySpan<string> arguments)
    {
        string[] command = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--init-groups", program] : [program];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        foreach (var argument in command[1..].Concat(arguments.ToArray()))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end, and answers what it wrote.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{System.IO.Path.GetFileName(program)} ended with {process.ExitCode}: {await errors}");
    }

    public async Task<bool> TryRunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    public Task SignalAsync(string signal, params int[] processes) =>
        RunAsync("kill", ["-" + signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
}
