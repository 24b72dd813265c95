using Orchestrator.Journals.Tests.Kit;
using Orchestrator.TestKit.Postgres;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>One server for all tests, started by the first that asks for it.</summary>
public sealed class SharedPostgres : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static PostgresServer? _server;

    /// <summary>The server. A test that asks for it where there can be none is reported as left out, with the reason.</summary>
    public static async Task<PostgresServer> GetAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await Gate.WaitAsync();
        try
        {
            return _server ??= await PostgresServer.StartAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
