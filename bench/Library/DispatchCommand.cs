using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Orchestrator.Bench.Processes;

namespace Orchestrator.Bench.Library;

/// <summary><c>dispatch</c>: what reading one event costs, by BenchmarkDotNet; beside the scenarios, which measure whole processes.</summary>
internal static class DispatchCommand
{
    public const string Name = "dispatch";

    /// <param name="quick">A smoke test: figures that mean nothing.</param>
    public static async Task<int> RunAsync(bool quick)
    {
        var assembly = await ReleaseBuild.FindAsync(ReleaseBuild.Repository(), "emulator", "Orchestrator.Emulator", build: true);
        await using var emulator = await EmulatorProcess.StartAsync(assembly);
        DispatchBenchmark.Emulator = new Uri($"http://127.0.0.1:{emulator.Port}");
        var artifacts = Directory.CreateTempSubdirectory("orchestrator-bench-");
        try
        {
            // In this process: nothing is built, and the child would not know the emulator.
            var job = (quick ? Job.Dry : Job.Default.WithWarmupCount(3).WithIterationCount(15)).WithToolchain(InProcessEmitToolchain.Instance);
            var config = ManualConfig.CreateEmpty()
                .AddJob(job)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddExporter(MarkdownExporter.GitHub)
                .AddLogger(ConsoleLogger.Default)
                .WithArtifactsPath(artifacts.FullName);
            var summary = BenchmarkRunner.Run<DispatchBenchmark>(config);
            return summary.Reports.Length == 2 && summary.Reports.All(static report => report.Success) ? 0 : 1;
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }
}
