using System.Runtime.InteropServices;
using Orchestrator.TestKit.Npm;

namespace Orchestrator.TestKit.Workers;

/// <summary>The npm packages of <c>bridge/</c>, the Workers runtime among them.</summary>
internal static class BridgePackages
{
    private static readonly NpmPackages Packages = new("bridge");

    /// <summary>The repository's <c>bridge/</c>.</summary>
    public static string Root => Packages.Root;

    public static string? Missing { get; } = NpmPackages.IsInstalled
        ? null
        : "npm is not on the PATH: install Node.js and npm (Debian: nodejs npm) to run the bridge in the Workers runtime.";

    /// <summary>Safe beside other processes that do the same.</summary>
    /// <returns>The runtime's executable.</returns>
    public static async Task<string> InstallAsync()
    {
        await Packages.InstallAsync();
        return Executable();
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
}
