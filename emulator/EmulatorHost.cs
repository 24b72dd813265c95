using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orchestrator.Emulator.Runs;

namespace Orchestrator.Emulator;

/// <summary>
/// The emulator on a Kestrel of its own, in this process. After <see cref="DisposeAsync"/> its port refuses connections: that is how a
/// test gets a real refusal.
/// </summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmulatorHost(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens, with the port that the system chose.</summary>
    public Uri Address { get; }

    /// <summary>What it was asked so far.</summary>
    public EmulatorCounters Counters => _app.Services.GetRequiredService<Ledger>().Count();

    /// <summary>Starts it and returns when it accepts connections.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="url">Where to listen; port 0 lets the system choose.</param>
    /// <param name="time">The clock that generations and buffers follow; null for the system's.</param>
    public static async Task<EmulatorHost> StartAsync(
        EmulatorOptions? options = null, string url = "http://127.0.0.1:0", TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseEmulatorKestrel();
        builder.WebHost.UseUrls(url);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddAiGatewayEmulator(own => Copy(options ?? new(), own));
        var app = builder.Build();
        app.UseRouting();
        app.MapAiGatewayEmulator();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Stops at once: connections that are open are reset.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static void Copy(EmulatorOptions from, EmulatorOptions to)
    {
        to.Secret = from.Secret;
        to.BufferTtl = from.BufferTtl;
        to.DefaultEvents = from.DefaultEvents;
        to.DefaultRate = from.DefaultRate;
        to.RestRunIds = from.RestRunIds;
        to.CacheTtl = from.CacheTtl;
        to.Seed = from.Seed;
    }
}
