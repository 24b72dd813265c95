using Orchestrator.Engine.Webhooks;

namespace Orchestrator.Standalone.Webhooks;

/// <summary>Keeps the dispatcher at work as long as the service is.</summary>
internal sealed class WebhooksHost(WebhookDispatcher dispatcher) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => dispatcher.RunAsync(stoppingToken);
}
