using Orchestrator.Bench.Load;
using Orchestrator.Bench.Processes;

namespace Orchestrator.Bench;

/// <summary>What every scenario measures with.</summary>
internal sealed class Workbench(BenchOptions options, string service, string emulator, string? nginx, TextWriter log)
{
    private const int WarmClients = 20;
    private const int WarmEvents = 10_000;
    private const int WarmPacedClients = 200;
    private const int WarmPacedEvents = 100;
    private const int WarmPacedRate = 100;
    private const int WarmRounds = 2;

    public BenchOptions Options => options;

    public bool HasNginx => nginx is not null;

    /// <summary>The first where figures count, the second in a smoke test.</summary>
    public T Pick<T>(T full, T quick) => options.Quick ? quick : full;

    public void Say(string line) => log.WriteLine(line);

    public Task<EmulatorProcess> StartEmulatorAsync() => EmulatorProcess.StartAsync(emulator);

    public Task<ServiceProcess> StartServiceAsync(EmulatorProcess behind) => ServiceProcess.StartAsync(service, behind);

    /// <summary>The service behind the emulator of a cluster, with settings of its own.</summary>
    public Task<ServiceProcess> StartServiceAsync(Uri emulator, params IReadOnlyList<string> settings) =>
        ServiceProcess.StartAsync(service, emulator.Port, settings);

    public Task<NginxProcess> StartNginxAsync(EmulatorProcess behind) =>
        NginxProcess.StartAsync(nginx ?? throw new InvalidOperationException("There is no nginx on this machine."), behind);

    /// <summary>The events of a run's raw stream: role, finish reason, usage and the terminal marker are events as well.</summary>
    public static int RawEvents(int textEvents) => textEvents + 4;

    /// <summary>A model of the emulator.</summary>
    /// <param name="events">Text events, see <see cref="RawEvents"/>.</param>
    /// <param name="rate">Per second; 0 is all at once.</param>
    public static string Model(int events, int rate) => $"openai/bench~events={events}~rate={rate}";

    /// <summary>
    /// Lets every process compile what the measurement will run: all at once, then paced. The runtime compiles hot code anew in the background,
    /// some time after it was found hot, on the cores that are measured.
    /// </summary>
    public async Task WarmAsync(ITarget target, params LoadRoute[] routes)
    {
        foreach (var route in Enumerable.Repeat(routes, Pick(WarmRounds, 1)).SelectMany(static r => r))
        {
            LoadSpec flat = new() { Port = target.Port, Route = route, Model = Model(WarmEvents, 0), Clients = WarmClients, Key = "warm-" };
            await LoadProcess.RunAsync(flat);
            await LoadProcess.RunAsync(flat with { Model = Model(WarmPacedEvents, WarmPacedRate), Clients = WarmPacedClients, RampSeconds = 0.5 });
        }
    }

    /// <summary>The processes whose CPU time is told beside a load on the target.</summary>
    public static IReadOnlyDictionary<string, int[]> Watch(EmulatorProcess emulator, ITarget target) =>
        new Dictionary<string, int[]>(StringComparer.Ordinal) { [emulator.Name] = emulator.Processes, [target.Name] = target.Processes };
}
