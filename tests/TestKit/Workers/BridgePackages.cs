using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Orchestrator.TestKit.Workers;

/// <summary>The npm packages of <c>bridge/</c>, the Workers runtime among them. Installed when the lock file is another one than last time.</summary>
internal static class BridgePackages
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>The repository's <c>bridge/</c>.</summary>
    public static string Root { get; } = Path.Combine(RepositoryRoot(), "bridge");

    public static string? Missing { get; } = FindNpm() is null
        ? "npm is not on the PATH: install Node.js and npm (Debian: nodejs npm) to run the bridge in the Workers runtime."
        : null;

    /// <summary>Safe beside other processes that do the same.</summary>
    /// <returns>The runtime's executable.</returns>
    public static async Task<string> InstallAsync()
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

        return Executable();
    }

    private static async Task RunNpmAsync()
    {
        var start = new ProcessStartInfo(FindNpm() ?? throw new InvalidOperationException(Missing))
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
    private static async Task<FileStream> LockAsync()
    {
        var path = Path.Combine(Root, ".install.lock");
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < InstallLimit)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string Executable()
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "linux";
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "64";
        var name = OperatingSystem.IsWindows() ? "workerd.exe" : "workerd";
        var path = Path.Combine(Root, "node_modules", "@cloudflare", $"workerd-{system}-{processor}", "bin", name);
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"The Workers runtime has no build for this machine: npm did not bring {path}.");
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
