namespace Orchestrator.Standalone.Webhooks;

/// <summary>
/// The connections that deliveries go over; a type of its own so that the container disposes it and hands it to nobody else.
/// </summary>
internal sealed class WebhookInvoker(HttpMessageHandler handler) : HttpMessageInvoker(handler);
