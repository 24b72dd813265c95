namespace Orchestrator.Engine.Webhooks;

/// <param name="All">Tries that are under way at the same time.</param>
/// <param name="PerReceiver">Of those, to one scheme, host and port.</param>
public sealed record DeliveryLimits(int All = 16, int PerReceiver = 8);
