using Microsoft.OpenApi;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Runs;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>What the document says of the operators' calls.</summary>
internal static class OperatingOperations
{
    public const string Tag = "operating";
    public const string RerunSchema = "Rerun";
    public const string BulkSchema = "Bulk";
    public const string BulkAnswerSchema = "BulkAnswer";

    public static readonly OperationText Rerun = new("rerunRun", Tag, "Submit what a run was submitted with once more.")
    {
        Description = "A new run with the same spec, inputs and header values; its metadata gets rerunOf, the id of the run that it repeats. "
            + "It is checked like a new submission. The body may be left out.",
        Parameters = [new(ParameterLocation.Header, IdempotencyKey.Header, "The same key for the same run and model answers the same new run.", Text())],
        Body = RerunSchema,
        BodyOptional = true,
        Responses =
        [
            new(202, "The new run is durable and under way.", new ContentText(JsonAnswer.ContentType, RunSchemas.Run)) { Headers = [("Location", "Where it is.")] },
            new(200, "The run of an earlier call with this key.", new ContentText(JsonAnswer.ContentType, RunSchemas.Run)) { Headers = [("Location", "Where it is.")] },
            ResponseText.Problem(400, ProblemCodes.Invalid, ProblemCodes.Config),
            ResponseText.Problem(404, ProblemCodes.NotFound),
            ResponseText.Problem(413, ProblemCodes.TooLarge),
            ResponseText.Problem(415, ProblemCodes.UnsupportedMediaType),
            ResponseText.Problem(422, ProblemCodes.IdempotencyConflict),
            ResponseText.Problem(503, ProblemCodes.JournalUnavailable, ProblemCodes.Stopping),
        ],
    };

    public static readonly OperationText CancelMany = Many("cancelRuns", "Stop many runs.", "A filter finds runs that have not ended.");

    public static readonly OperationText DeleteMany = Many("deleteRuns", "Remove many runs that have ended, and their journals.", "A filter finds runs that have ended.");

    public static OpenApiSchema BuildRerun() => Object(null, ("model", Text("In the place of the run's own."))).Closed();

    public static OpenApiSchema BuildBulk() => Object(
        "Which runs: ids, or a filter.",
        ("ids", ListOf(Text(), "At most 1,000.")),
        ("filter", Object(
            "All conditions must hold, as in the list; an empty one means all runs.",
            ("status", ListOf(OneOf(null, Enum.GetValues<RunStatus>().Select(static status => status.ToWire())), "One may be given by itself.")),
            ("model", Text()),
            ("tenant", Text("The caller's own.")),
            ("metadata", MapOf(Scalar())),
            ("from", Time("Created at this time or later.")),
            ("to", Time("Created before this time.")),
            ("error", Text("A part of the error's code or message."))).Closed()),
        ("cursor", Text("With a filter: go on behind the runs of the answer before, with its next.")),
        ("dryRun", Flag("Only count."))).Closed();

    public static OpenApiSchema BuildBulkAnswer() => Object(
        null,
        ("matched", Whole("How many were meant; about 10,000 at most in a call that acts, 100,000 in one that counts.")),
        ("results", ListOf(Object(
            null,
            ("id", Text()),
            ("outcome", OneOf("Null where it failed.", "cancelled", "deleted", "already-ended", "active", "not-found").OrNull()),
            ("error", Text("Why it failed; there only where it did."))).Required("id", "outcome"))),
        ("more", Flag("There may be more runs that fit the filter: call again, with next as the cursor.")),
        ("next", Text("Where to go on, behind the runs that nothing could be done to, too; null where there is nothing more.").OrNull())).AllRequired();

    private static OperationText Many(string id, string summary, string filter) => new(id, Tag, summary)
    {
        Description = $"By a list of ids, or by a filter. {filter} A call does it to 1,000 runs at most, and begins with no more "
            + "after ten seconds; the answer says for each what became of it, and where more may be left.",
        Body = BulkSchema,
        BodyExample = """{ "filter": { "model": "openai/gpt-5-mini", "from": "2026-11-25T15:00:00Z", "metadata": { "job": "nightly" } }, "dryRun": true }""",
        Responses =
        [
            new(200, "What became of them.", new ContentText(JsonAnswer.ContentType, BulkAnswerSchema)),
            ResponseText.Problem(400, ProblemCodes.Invalid),
            ResponseText.Problem(413, ProblemCodes.TooLarge),
            ResponseText.Problem(415, ProblemCodes.UnsupportedMediaType),
        ],
    };
}
