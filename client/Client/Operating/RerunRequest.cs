namespace Orchestrator.Client;

/// <summary>The body of a rerun: what is different. Null is the same.</summary>
internal sealed record RerunRequest(string? Model);
