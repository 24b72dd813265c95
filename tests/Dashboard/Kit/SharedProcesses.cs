[assembly: AssemblyFixture(typeof(Orchestrator.Dashboard.Tests.Kit.SharedProcesses))]

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>
/// Services for tests that look at runs of their own alone, each started when the first of them asks for it, and ended after the last test.
/// </summary>
public sealed class SharedProcesses : IAsyncDisposable
{
    private readonly List<IDisposable> _directories = [];
    private readonly List<Task<ServiceProcess>> _started = [];
    private readonly Lock _starting = new();
    private Task<ServiceProcess>? _open;
    private Task<ServiceProcess>? _keyed;
    private Task<ServiceProcess>? _emulator;
    private Task<ServiceProcess>? _behindEmulator;

    /// <summary>Open, with the emulator in its own process.</summary>
    internal Task<ServiceProcess> OpenAsync() => Once(ref _open, () => ServiceProcess.StartServiceAsync(Directory(), gateway: null));

    /// <summary>With <see cref="Keys.Settings"/>.</summary>
    internal Task<ServiceProcess> KeyedAsync() =>
        Once(ref _keyed, () => ServiceProcess.StartServiceAsync(Directory(), gateway: null, address: null, Keys.Settings));

    internal Task<ServiceProcess> EmulatorAsync() => Once(ref _emulator, () => ServiceProcess.StartEmulatorAsync());

    /// <summary>In front of <see cref="EmulatorAsync"/>.</summary>
    internal Task<ServiceProcess> BehindEmulatorAsync() =>
        Once(ref _behindEmulator, async () => await ServiceProcess.StartServiceAsync(Directory(), (await EmulatorAsync()).Address));

    public async ValueTask DisposeAsync()
    {
        foreach (var started in _started)
        {
            if (started.IsCompletedSuccessfully)
            {
                await (await started).DisposeAsync();
            }
        }

        _directories.ForEach(static directory => directory.Dispose());
    }

    private Task<ServiceProcess> Once(ref Task<ServiceProcess>? started, Func<Task<ServiceProcess>> start)
    {
        lock (_starting)
        {
            if (started is null)
            {
                started = start();
                _started.Add(started);
            }

            return started;
        }
    }

    private string Directory()
    {
        var directory = new TemporaryDirectory();
        _directories.Add(directory);
        return directory.FullPath;
    }
}
