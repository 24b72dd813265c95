using Orchestrator.Journals.Tests.Kit;
using Orchestrator.TestKit.Azurite;

[assembly: AssemblyFixture(typeof(SharedAzurite))]

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>One server for all tests, started by the first that asks for it.</summary>
public sealed class SharedAzurite : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static AzuriteServer? _server;

    /// <summary>The server. A test that asks for it where there can be none is reported as left out, with the reason.</summary>
    public static async Task<AzuriteServer> GetAsync()
    {
        Assert.SkipWhen(AzuriteServer.Missing is not null, AzuriteServer.Missing ?? "");
        await Gate.WaitAsync();
        try
        {
            return _server ??= await AzuriteServer.StartAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
