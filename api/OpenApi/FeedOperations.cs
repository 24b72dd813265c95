using Microsoft.OpenApi;
using Orchestrator.Api.Feed;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Runs;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>What the document says of the feed.</summary>
internal static class FeedOperations
{
    public static readonly OperationText Feed = new("followRuns", OperatingOperations.Tag, "The changes of all runs of the tenant, as server-sent events.")
    {
        Description = "event: run has the run as the list shows it, as it is now, however often it changed: a change of status, phase or attempt within "
            + "a quarter of a second, progress about once a second. event: deleted has its id. With statuses, event: left has a run as it is now that may have had one of them "
            + "and has another: pass over it where you do not know that run; it may come more than once. The id of an event is a place to come back to with Last-Event-ID; "
            + "event: reset comes first where the place is not known any more (the service has started anew, or too much has changed since): load the list again. "
            + "Without a place it begins now. A comment keeps a silent connection open.",
        Parameters =
        [
            new(
                ParameterLocation.Query, "status", "Only runs that have one of these now, and those that have left them; separated by commas, or repeated.",
                ListOf(OneOf(null, Enum.GetValues<RunStatus>().Select(static status => status.ToWire())))),
            new(ParameterLocation.Header, FeedRequest.LastEventId, "The id of the last event that was read.", Text()),
        ],
        Responses = [new(200, "The changes, without an end.", new ContentText(EventStreamAccept.ContentType, EventSchemas.FeedEvent)), ResponseText.Problem(400, ProblemCodes.Invalid)],
    };
}
