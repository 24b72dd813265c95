namespace Orchestrator.Api.Tests.Kit;

/// <summary>One host for all tests of a class: for those that it answers without keeping anything.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private ApiHost? _host;

    internal ApiHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
