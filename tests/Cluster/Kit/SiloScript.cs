using System.Diagnostics;
using System.Globalization;
using Orchestrator.TestKit.Azurite;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Cluster.Tests.Kit;

/// <summary>A cluster of real processes: <c>cluster.sh</c>, over a storage of the test's own.</summary>
internal sealed class SiloScript : IAsyncDisposable
{
    private static readonly string Root = FindRoot();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cluster-");
    private readonly IAsyncDisposable _server;
    private readonly IReadOnlyDictionary<string, string> _storage;

    private SiloScript(IAsyncDisposable server, IReadOnlyDictionary<string, string> storage) => (_server, _storage) = (server, storage);

    /// <summary>The emulator, which outlives all silos.</summary>
    public Uri Emulator => new(Read("gateway"));

    /// <summary>Over a PostgreSQL server.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="settings">Of every silo, as on a command line.</param>
    public static async Task<SiloScript> UpAsync(int silos, string settings = "")
    {
        var server = await PostgresServer.StartAsync();
        return await UpAsync(silos, server, new(Postgres(server), StringComparer.Ordinal) { ["CLUSTER_SETTINGS"] = settings });
    }

    /// <summary>Over a PostgreSQL server, with a network between the silos.</summary>
    public static async Task<SiloScript> UpAsync(int silos, SiloNetwork network)
    {
        var server = await PostgresServer.StartAsync();
        return await UpAsync(silos, server, new(Postgres(server), StringComparer.Ordinal) { ["CLUSTER_EXEC"] = network.Script, ["CLUSTER_HOST"] = network.Host });
    }

    /// <summary>Over Azurite: tables and blobs.</summary>
    public static async Task<SiloScript> UpOnAzureAsync(int silos)
    {
        var server = await AzuriteServer.StartAsync();
        return await UpAsync(silos, server, new(StringComparer.Ordinal) { ["CLUSTER_STORAGE"] = "azure", ["CLUSTER_AZURE"] = server.ConnectionString });
    }

    public Uri Address(int silo) => new(Read($"silo-{silo}/url"));

    public string Log(int silo) => Read($"silo-{silo}/log");

    /// <summary>Whether its process is there, and not a dead one that nobody has asked for yet.</summary>
    public bool IsAlive(int silo) =>
        File.Exists($"/proc/{Read($"silo-{silo}/pid")}/stat") && !File.ReadAllText($"/proc/{Read($"silo-{silo}/pid")}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>Waits until its process has ended by itself.</summary>
    public async Task IsGoneAsync(int silo)
    {
        for (var i = 0; i < 3000 && IsAlive(silo); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.False(IsAlive(silo), "The silo that was declared dead is still there.");
    }

    public Task RunAsync(string command, int number) => RunAsync(command, number.ToString(CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        await _server.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static Dictionary<string, string> Postgres(PostgresServer server) =>
        new(StringComparer.Ordinal) { ["CLUSTER_STORAGE"] = "postgres", ["CLUSTER_POSTGRES"] = server.ConnectionString() };

    private static async Task<SiloScript> UpAsync(int silos, IAsyncDisposable server, Dictionary<string, string> storage)
    {
        var cluster = new SiloScript(server, storage);
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

    private async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["CLUSTER_DIR"] = _directory.FullName,
                ["CLUSTER_BUILD"] = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug",
            },
        };
        foreach (var (name, value) in _storage)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Path.Combine(Root, "cluster.sh"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.True(script.ExitCode == 0, $"cluster.sh {string.Join(' ', arguments)}: {await errors}");
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_directory.FullName, file)).Trim();

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "cluster.sh")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("cluster.sh is not above the tests.");
    }
}
