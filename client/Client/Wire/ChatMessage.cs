namespace Orchestrator.Client;

internal sealed record ChatMessage(string Role, string Content);
