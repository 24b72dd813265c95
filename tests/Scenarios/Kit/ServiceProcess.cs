using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>A process of ours, started from the build under test, and ended by its id.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _errors = [];
    private Uri _address;

    private ServiceProcess(string assembly, IEnumerable<string> arguments, Uri address, bool survivesFileLimits = false)
    {
        _address = address;
        var start = new ProcessStartInfo(survivesFileLimits ? "sh" : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (survivesFileLimits)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("trap '' XFSZ; exec dotnet \"$0\" \"$@\"");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                _firstLine.TrySetResult(line.Data);
            }
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.Add(line.Data ?? "");
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>A free port, which the process chooses: one that was looked for here could be somebody else's by then.</summary>
    public static Uri AnyPort { get; } = new("http://127.0.0.1:0/");

    /// <summary>Where it listens, as soon as it answers.</summary>
    public Uri Address => _address;

    public int Id => _process.Id;

    public Task<string> FirstLine => _firstLine.Task;

    /// <summary>All that was written to standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return string.Join('\n', _errors);
            }
        }
    }

    public static async Task<ServiceProcess> StartEmulatorAsync(params string[] settings)
    {
        var emulator = new ServiceProcess("Orchestrator.Emulator.dll", ["--urls", AnyPort.ToString(), .. settings], AnyPort);
        await emulator.UntilAnswersAsync("emulator/counters", HttpStatusCode.OK, HttpStatusCode.Unauthorized);
        return emulator;
    }

    /// <param name="directory">The data directory.</param>
    /// <param name="gateway">The bridge; null for the emulator in the service's own process.</param>
    /// <param name="survivesFileLimits">A write beyond the limit for files is an error to it, not its end.</param>
    public static async Task<ServiceProcess> StartServiceAsync(string directory, Uri? gateway, bool survivesFileLimits)
    {
        var service = new ServiceProcess("Orchestrator.Standalone.dll", Arguments(directory, gateway, AnyPort), AnyPort, survivesFileLimits);
        await service.UntilAnswersAsync("readyz");
        return service;
    }

    /// <param name="directory">The data directory.</param>
    /// <param name="gateway">The bridge; null for the emulator in the service's own process.</param>
    /// <param name="address">Null for a free port.</param>
    /// <param name="settings">Further settings, as on a command line.</param>
    public static async Task<ServiceProcess> StartServiceAsync(string directory, Uri? gateway, Uri? address = null, params string[] settings)
    {
        var service = LaunchService(directory, gateway, address ?? AnyPort, settings);
        await service.UntilAnswersAsync("readyz");
        return service;
    }

    /// <summary>Does not wait until it is ready.</summary>
    public static ServiceProcess LaunchService(string directory, Uri? gateway, Uri address, params string[] settings) =>
        new("Orchestrator.Standalone.dll", [.. Arguments(directory, gateway, address), .. settings], address);

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; answers how long it took and with which exit code.</summary>
    public async Task<(TimeSpan Took, int ExitCode)> TerminateAsync(TimeSpan atMost)
    {
        var watch = Stopwatch.StartNew();
        _ = Signal(_process.Id, 15);
        using var timeout = new CancellationTokenSource(atMost);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"The process did not end within {atMost} of SIGTERM.\n{Errors}", late);
        }

        return (watch.Elapsed, _process.ExitCode);
    }

    public async Task<int> ExitCodeAsync()
    {
        using var timeout = new CancellationTokenSource(Patience.OfAStep);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public Task UntilAnswersAsync(string path) => UntilAnswersAsync(path, HttpStatusCode.OK);

    private async Task UntilAnswersAsync(string path, params HttpStatusCode[] statuses)
    {
        using var http = new HttpClient();
        for (var deadline = Stopwatch.StartNew(); deadline.Elapsed < Patience.OfAStep;)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The process ended with code {_process.ExitCode} before it answered.\n{Errors}");
            }

            try
            {
                if (IsListening())
                {
                    using var answer = await http.GetAsync(new Uri(Address, path));
                    if (statuses.Contains(answer.StatusCode))
                    {
                        return;
                    }
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"/{path} did not answer {string.Join(" or ", statuses)} within {Patience.OfAStep}.\n{Errors}");
    }

    /// <summary>Where the port was its own choice: its first line tells.</summary>
    private bool IsListening()
    {
        if (_address.Port == 0 && _firstLine.Task is { IsCompletedSuccessfully: true, Result: var line })
        {
            _address = new Uri(Listening().Match(line).Value);
        }

        return _address.Port != 0;
    }

    [GeneratedRegex("http://[0-9.]+:[0-9]+", RegexOptions.None, 5000)]
    private static partial Regex Listening();

    private static List<string> Arguments(string directory, Uri? gateway, Uri address) =>
    [
        "--urls", address.ToString(), "--Data:Directory", directory, .. gateway is null ? [] : new[] { "--Gateway:BridgeUrl", gateway.ToString() },
    ];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
