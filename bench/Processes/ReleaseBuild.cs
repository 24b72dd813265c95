namespace Orchestrator.Bench.Processes;

/// <summary>Builds what is measured, in Release, and knows where it is then.</summary>
internal static class ReleaseBuild
{
    /// <param name="repository">The repository's root.</param>
    /// <param name="folder">The project's folder in it.</param>
    /// <param name="assembly">The assembly's name.</param>
    /// <param name="build">False: take what is there.</param>
    /// <returns>The assembly's file.</returns>
    public static async Task<string> FindAsync(string repository, string folder, string assembly, bool build)
    {
        var file = Path.Combine(repository, folder, "bin", "Release", $"net{Environment.Version.Major}.0", assembly + ".dll");
        if (build)
        {
            await MakeAsync(repository, folder, assembly);
        }

        return File.Exists(file) ? file : throw new FileNotFoundException($"{folder} is not built.", file);
    }

    /// <summary>The root of the repository that this program was built in.</summary>
    public static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run the benchmarks from a clone of the repository.");
    }

    private static async Task MakeAsync(string repository, string folder, string assembly)
    {
        var project = Path.Combine(repository, folder, assembly + ".csproj");
        await using var build = ChildProcess.Start("dotnet build", "dotnet", ["build", project, "-c", "Release", "-v", "q", "--nologo"]);
        build.DrainOutput();
        if (await build.WaitForExitAsync() != 0)
        {
            throw build.Trouble($"failed for {folder}");
        }
    }
}
