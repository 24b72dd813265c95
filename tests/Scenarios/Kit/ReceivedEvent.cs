namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>One server-sent event as a client got it.</summary>
internal sealed record ReceivedEvent(long Seq, string Type, string Data);
