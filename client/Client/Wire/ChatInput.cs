namespace Orchestrator.Client;

internal sealed record ChatInput(IReadOnlyList<ChatMessage> Messages);
