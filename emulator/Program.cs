using Orchestrator.Emulator;

const string DefaultUrl = "http://127.0.0.1:5090";

var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseEmulatorKestrel();
if (string.IsNullOrEmpty(builder.Configuration["urls"]))
{
    builder.WebHost.UseUrls(DefaultUrl);
}

builder.Services.Configure<EmulatorOptions>(builder.Configuration.GetSection("Emulator"));
builder.Services.AddAiGatewayEmulator();
var app = builder.Build();
app.MapAiGatewayEmulator();
await app.StartAsync();
await Console.Out.WriteLineAsync(
    $"AI Gateway emulator on {string.Join(", ", app.Urls)}: POST /run {{\"model\":\"openai/gpt-5-mini~events=20\",\"inputs\":{{\"messages\":[],\"stream\":true}}}}; "
    + "keys and faults are in emulator/README.md.");
await app.WaitForShutdownAsync();
