using System.Diagnostics;
using System.Security.Cryptography;

namespace Orchestrator.TestKit.Npm;

/// <summary>The npm packages of a directory of the repository. Installed when the lock file is another one than last time.</summary>
/// <param name="path">The directory, from the repository's root.</param>
internal sealed class NpmPackages(string path)
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    public static bool IsInstalled => FindNpm() is not null;

    public string Root { get; } = Path.Combine(RepositoryRoot(), path);

    /// <summary>Safe beside other processes that do the same.</summary>
    public async Task InstallAsync()
    {
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Root, "package-lock.json"))));
        var stamp = Path.Combine(Root, "node_modules", ".installed");
        using (await LockAsync())
        {
            if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != wanted)
            {
                await RunNpmAsync();
                await File.WriteAllTextAsync(stamp, wanted);
            }
        }
    }

    private async Task RunNpmAsync()
    {
        var start = new ProcessStartInfo(FindNpm() ?? throw new InvalidOperationException("npm is not on the PATH."))
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList = { "ci", "--ignore-scripts", "--no-audit", "--no-fund" },
        };
        using var npm = Process.Start(start)!;
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        try
        {
            await npm.WaitForExitAsync().WaitAsync(InstallLimit);
        }
        catch (TimeoutException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }

        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci in {Root} ended with code {npm.ExitCode}.\n{await output}{await errors}");
        }
    }

    /// <summary>The lock is the open file: it is gone with its process, however that ends.</summary>
    private async Task<FileStream> LockAsync()
    {
        var file = Path.Combine(Root, ".install.lock");
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < InstallLimit)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string? FindNpm() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? "npm.cmd" : "npm"))
        .FirstOrDefault(File.Exists);

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orchestrator.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return directory.FullName;
    }
}
