namespace Orchestrator.Gateway;

/// <summary>What a transport sets in a model's inputs.</summary>
/// <param name="Stream">See <see cref="RunRequest.Stream"/>; null leaves it as it is.</param>
/// <param name="IncludeUsage">Whether a stream is asked for its usage.</param>
/// <param name="Model">Set as <c>model</c>, in place of one that is there; null leaves it as it is.</param>
internal readonly record struct InputEdit(bool? Stream, bool IncludeUsage = false, string? Model = null);
