using Orchestrator.Silo.Hosting;
using Orchestrator.Standalone.Settings;

try
{
    await using var app = await SiloApp.BuildAsync(args);
    await app.RunAsync();
    return 0;
}
catch (SettingsException problem)
{
    await Console.Error.WriteLineAsync($"orchestrator can not start: {problem.Message}");
    return 2;
}
