using Microsoft.Extensions.Logging.Console;
using Orchestrator.Telemetry;

namespace Orchestrator.Standalone.Hosting;

/// <summary>Logs go to standard error: standard output has the line that says where the service listens, for scripts.</summary>
internal static class LogSetup
{
    public static void Configure(ILoggingBuilder logging, IConfiguration settings, ServiceTelemetry telemetry)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            options.UseUtcTimestamp = true;
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        telemetry.Configure(logging);
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddConfiguration(settings.GetSection("Logging"));
    }
}
