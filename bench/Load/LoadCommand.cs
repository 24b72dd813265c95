using System.Text.Json;

namespace Orchestrator.Bench.Load;

/// <summary>
/// The child process that puts the load on: a specification on standard input, <see cref="Ready"/> on standard output when the window
/// begins, then the report.
/// </summary>
internal static class LoadCommand
{
    public const string Name = "load";
    public const string Ready = "ready";

    public static async Task<int> RunAsync()
    {
        var line = await Console.In.ReadLineAsync() ?? throw new InvalidDataException("No specification on standard input.");
        var spec = JsonSerializer.Deserialize(line, LoadJson.Default.LoadSpec)!;
        using LoadLoop loop = new(spec);
        var findings = loop.Run(static () => Console.Out.WriteLine(Ready));
        var report = findings.Report();
        if (spec.EmulatorPort != 0)
        {
            report = findings.WithLag(report, await DueByKeyAsync(spec.EmulatorPort));
        }

        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, LoadJson.Default.LoadReport));
        return 0;
    }

    private static async Task<IReadOnlyDictionary<string, long>> DueByKeyAsync(int port)
    {
        using HttpClient http = new();
        var text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/emulator/counters"));
        using var counters = JsonDocument.Parse(text);
        Dictionary<string, long> due = new(StringComparer.Ordinal);
        foreach (var run in counters.RootElement.GetProperty("runs").EnumerateArray())
        {
            if (run.GetProperty("key").GetString() is { } key)
            {
                due[key] = run.GetProperty("firstDueAt").GetInt64();
            }
        }

        return due;
    }
}
