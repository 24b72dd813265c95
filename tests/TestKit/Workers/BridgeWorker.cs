namespace Orchestrator.TestKit.Workers;

/// <summary>
/// The project's Worker, <c>bridge/</c>, in the Workers runtime and with the settings that it is deployed with, on a port of loopback that
/// the system chose. Needs npm once, to install the runtime: see <see cref="Missing"/>.
/// </summary>
public sealed class BridgeWorker : IAsyncDisposable
{
    private readonly WorkerdProcess _runtime;
    private readonly DirectoryInfo _directory;

    private BridgeWorker(WorkerdProcess runtime, DirectoryInfo directory)
    {
        _runtime = runtime;
        _directory = directory;
    }

    /// <summary>Why the worker can not be run on this machine, null when it can.</summary>
    public static string? Missing => BridgePackages.Missing;

    public Uri Address => _runtime.Address;

    /// <summary>What the runtime wrote to standard error so far: the worker's console is there too.</summary>
    public string Errors => _runtime.Errors;

    /// <summary>Returns when it accepts connections.</summary>
    /// <param name="emulator">Where the emulator listens, over plain HTTP and without a secret of its own.</param>
    /// <param name="secret">The worker's secret; null for a worker that was deployed without one.</param>
    /// <param name="binding">What the worker's binding is.</param>
    public static async Task<BridgeWorker> StartAsync(Uri emulator, string? secret, BridgeBinding binding = BridgeBinding.OverEmulator)
    {
        var executable = await BridgePackages.InstallAsync();
        var directory = Directory.CreateTempSubdirectory("orchestrator-bridge-");
        try
        {
            var config = WorkerdConfig.Write(directory.FullName, WranglerFile.Read(), emulator, secret, binding);
            return new BridgeWorker(await WorkerdProcess.StartAsync(executable, config), directory);
        }
        catch
        {
            directory.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
