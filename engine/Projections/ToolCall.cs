namespace Orchestrator.Engine.Projections;

/// <param name="Index">Its place among the answer's tool calls, as the upstream numbers them.</param>
/// <param name="Id">The upstream's, where it gave one.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">JSON text; while the run is active it may be cut short.</param>
public sealed record ToolCall(int Index, string? Id, string? Name, string Arguments);
