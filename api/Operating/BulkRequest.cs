using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Operating;

/// <summary>Which runs an operator means: a list, or all that fit a filter.</summary>
/// <param name="Ids">Each once; null where there is a filter. Texts that are no ids name runs that there are not.</param>
/// <param name="Filter">Null where there is a list.</param>
/// <param name="DryRun">Only count.</param>
internal sealed record BulkRequest(IReadOnlyList<string>? Ids, RunQuery? Filter, bool DryRun);
