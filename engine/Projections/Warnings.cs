using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Projections;

/// <summary>Warnings that the engine itself gives.</summary>
public static class Warnings
{
    public static readonly RunWarning NotResumable = new(
        "not-resumable",
        "The upstream gave no run id: if its connection drops, the answer can be retried, continued or accepted in part, but not resumed.");

    /// <param name="words">Of the schema.</param>
    public static RunWarning SchemaUnchecked(IReadOnlyList<string> words) => new(
        "schema-unchecked", $"The answer is not held to these parts of its schema: {string.Join(", ", words)}.");

    public static readonly RunWarning MalformedEvent = new(
        "malformed-event",
        "The upstream sent an event that can not be read. It is kept in the stream and left out of the output.");

    /// <summary>The run had to wait for its turn.</summary>
    public static RunWarning Queued(RunQueued entry) => new("queued", entry.Message);
}
