namespace Orchestrator.Engine.Telemetry;

internal readonly record struct CommitTime(DateTimeOffset From, TimeSpan Took, int Entries);
