using System.Net.Http.Headers;
using Orchestrator.Emulator;
using Orchestrator.TestKit.Workers;

namespace Orchestrator.Bridge.Tests.Kit;

/// <summary>The worker in its runtime, and behind its binding an emulator: for all tests of a class.</summary>
public class BridgeSite : IAsyncLifetime
{
    public const string Secret = "a secret: \"quoted\\+\"";

    private EmulatorHost? _emulator;
    private BridgeWorker? _worker;

    protected virtual BridgeBinding Binding => BridgeBinding.OverEmulator;

    /// <summary>By which the emulator lives.</summary>
    protected virtual TimeProvider Time => TimeProvider.System;

    public EmulatorHost Emulator => _emulator ?? throw new InvalidOperationException(BridgeWorker.Missing);

    public BridgeWorker Worker => _worker ?? throw new InvalidOperationException(BridgeWorker.Missing);

    /// <summary>Plain HTTP to the worker, with its secret.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>Plain HTTP to the emulator: what the worker passes on is compared with what it was given.</summary>
    public HttpClient Direct { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        if (BridgeWorker.Missing is not null)
        {
            return;
        }

        _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { DefaultRate = 0 }, time: Time);
        _worker = await BridgeWorker.StartAsync(_emulator.Address, Secret, Binding);
        Http = Client(_worker.Address);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        Direct = Client(_emulator.Address);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        Direct.Dispose();
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    private static HttpClient Client(Uri address) => new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
}
