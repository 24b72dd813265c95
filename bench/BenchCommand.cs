using Orchestrator.Bench.Processes;
using Orchestrator.Bench.Reporting;
using Orchestrator.Bench.Scenarios;

namespace Orchestrator.Bench;

/// <summary>Builds, measures, writes the report.</summary>
internal static class BenchCommand
{
    private const string NoNginx = "nginx is not installed on this machine (Debian: `apt-get install nginx-light`): the comparison with it is left out.";

    public static async Task<int> RunAsync(BenchOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("The benchmarks read /proc and use epoll: they run on Linux.");
            return 2;
        }

        var repository = ReleaseBuild.Repository();
        var service = await ReleaseBuild.FindAsync(repository, "standalone", "Orchestrator.Standalone", !options.NoBuild);
        var emulator = await ReleaseBuild.FindAsync(repository, "emulator", "Orchestrator.Emulator", !options.NoBuild);
        var nginx = NginxProcess.Find();
        if (nginx is null)
        {
            await Console.Out.WriteLineAsync(NoNginx);
        }

        Workbench bench = new(options, service, emulator, nginx, Console.Out);
        Report report = new(Path.GetFullPath(options.Out, repository), AllScenarios.Ids);
        foreach (var scenario in AllScenarios.List.Where(s => options.Scenarios.Count == 0 || options.Scenarios.Contains(s.Id, StringComparer.Ordinal)))
        {
            var section = await scenario.RunAsync(bench);
            await report.WriteAsync(section with
            {
                Machine = Machine.Describe(),
                Command = RuntimeSettings.Prefix() + options,
                Remarks = [.. section.Remarks, .. nginx is null ? [NoNginx] : Array.Empty<string>()],
            });
            foreach (var figure in section.Figures)
            {
                await Console.Out.WriteLineAsync($"  {figure.Name}: {figure.Measured} (nginx {figure.Nginx}), target {figure.Target}: {figure.Verdict}");
            }
        }

        return 0;
    }
}
