using System.Text.Json;
using Orchestrator.Bench.Load;

namespace Orchestrator.Bench.Processes;

/// <summary>A load client in a process of its own.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    /// <summary>Compiled once and well at the start: a client must not become faster while it measures.</summary>
    private static readonly Dictionary<string, string> Runtime = new(StringComparer.Ordinal) { ["DOTNET_TieredCompilation"] = "0" };

    private readonly ChildProcess _process;

    private LoadProcess(ChildProcess process) => _process = process;

    public static async Task<LoadProcess> StartAsync(LoadSpec spec)
    {
        var process = ChildProcess.StartDotnet("The load client", typeof(LoadProcess).Assembly.Location, [LoadCommand.Name], Runtime);
        await process.Input.WriteLineAsync(JsonSerializer.Serialize(spec, LoadJson.Default.LoadSpec));
        process.Input.Close();
        return new(process);
    }

    /// <summary>A whole load.</summary>
    public static async Task<LoadReport> RunAsync(LoadSpec spec)
    {
        await using var load = await StartAsync(spec);
        return await load.ReportAsync();
    }

    /// <summary>Waits until the window has begun.</summary>
    public async Task ReadyAsync()
    {
        if (await _process.Output.ReadLineAsync() != LoadCommand.Ready)
        {
            throw await TroubleAsync();
        }
    }

    public async Task<LoadReport> ReportAsync()
    {
        while (await _process.Output.ReadLineAsync() is { } line)
        {
            if (line != LoadCommand.Ready)
            {
                return JsonSerializer.Deserialize(line, LoadJson.Default.LoadReport)!;
            }
        }

        throw await TroubleAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<InvalidOperationException> TroubleAsync()
    {
        await _process.WaitForExitAsync();
        return _process.Trouble("ended without a report");
    }
}
