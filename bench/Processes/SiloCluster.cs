using System.Globalization;

namespace Orchestrator.Bench.Processes;

/// <summary>Silos, their PostgreSQL server and the emulator, as processes of this machine: by <c>cluster.sh</c>, in a folder of its own.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private readonly string _script;
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-bench-cluster-").FullName;

    private SiloCluster(string repository) => _script = Path.Combine(repository, "cluster.sh");

    public Uri Emulator => new(Read("gateway"));

    /// <summary>As .NET writes connection strings.</summary>
    public string Postgres => Read("storage");

    public static async Task<SiloCluster> UpAsync(string repository, int silos)
    {
        // PostgreSQL does not run as root, and must be able to reach its data.
        SiloCluster cluster = new(repository);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(cluster._folder, File.GetUnixFileMode(cluster._folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        try
        {
            await cluster.RunAsync("up", silos);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    public Uri Address(int silo) => new(Read($"silo-{silo}/url"));

    /// <summary>What the processes of a silo, of the emulator or of the database are.</summary>
    /// <param name="name">Its folder: <c>silo-1</c>, <c>emulator</c>, <c>server</c>.</param>
    public int[] Processes(string name)
    {
        var process = int.Parse(Read($"{name}/pid"), CultureInfo.InvariantCulture);
        return
        [
            process,
            .. File.ReadAllText($"/proc/{process}/task/{process}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static id => int.Parse(id, CultureInfo.InvariantCulture)),
        ];
    }

    /// <param name="command">Of the script.</param>
    /// <param name="number">A silo, or how many.</param>
    public Task RunAsync(string command, int number) => RunAsync([command, number.ToString(CultureInfo.InvariantCulture)]);

    public async ValueTask DisposeAsync()
    {
        await RunAsync(["down"]);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(IReadOnlyList<string> arguments)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["CLUSTER_DIR"] = _folder, ["CLUSTER_BUILD"] = "Release", ["CLUSTER_STORAGE"] = "postgres" };
        await using var script = ChildProcess.Start("cluster.sh", "bash", [_script, .. arguments], environment);
        script.DrainOutput();
        if (await script.WaitForExitAsync() != 0)
        {
            throw script.Trouble($"{string.Join(' ', arguments)} failed");
        }
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder, file)).Trim();
}
