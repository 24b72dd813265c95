using Orchestrator.Standalone.Hosting;
using Orchestrator.Standalone.Settings;
using Orchestrator.Telemetry;

try
{
    await using var app = await StandaloneApp.BuildAsync(args);
    await app.RunAsync();
    return 0;
}
catch (Exception problem) when (problem is SettingsException or TelemetrySettingsException)
{
    await Console.Error.WriteLineAsync($"orchestrator can not start: {problem.Message}");
    return 2;
}
