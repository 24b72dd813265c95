using Orchestrator.Engine.Changes;

namespace Orchestrator.Api.Feed;

/// <summary>What a feed has to be told next.</summary>
/// <param name="Tenant">Of whose runs.</param>
/// <param name="Statuses">Of runs with one of these, as bits; 0 for all.</param>
/// <param name="After">Everything up to here has been told.</param>
/// <param name="Moved">And, up to this number, everything that is more than progress.</param>
internal readonly record struct FeedQuestion(string Tenant, int Statuses, FeedPosition After, long Moved);
