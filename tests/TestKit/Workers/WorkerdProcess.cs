using System.Diagnostics;
using System.Text.Json;

namespace Orchestrator.TestKit.Workers;

/// <summary>The Workers runtime as a process of its own, ended by its id.</summary>
internal sealed class WorkerdProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _errors = [];

    private WorkerdProcess(string executable, string config)
    {
        // The control messages, on standard output, tell the port that the system chose.
        var start = new ProcessStartInfo(executable)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList = { "serve", config, "--control-fd=1" },
        };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.Add(line.Data ?? "");
            }
        };
        _process.Exited += (_, _) => _port.TrySetException(new InvalidOperationException("The Workers runtime ended before it listened."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

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

    public static async Task<WorkerdProcess> StartAsync(string executable, string config)
    {
        var process = new WorkerdProcess(executable, config);
        try
        {
            process.Address = new Uri($"http://127.0.0.1:{await process._port.Task.WaitAsync(StartLimit)}");
            return process;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            await process.DisposeAsync();
            throw new InvalidOperationException($"{failure.Message}\n{process.Errors}", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        using var message = JsonDocument.Parse(line);
        if (message.RootElement.GetProperty("event").GetString() == "listen"
            && message.RootElement.GetProperty("socket").GetString() == WorkerdConfig.Socket)
        {
            _port.TrySetResult(message.RootElement.GetProperty("port").GetInt32());
        }
    }
}
