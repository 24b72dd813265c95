using Microsoft.OpenApi;
using Orchestrator.Api.Journal;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>What the document says of a run's journal.</summary>
internal static class JournalOperations
{
    public const string Schema = "JournalPage";

    public static readonly OperationText Journal = new("readJournal", OperatingOperations.Tag, "The entries of a run's journal, as they are.")
    {
        Description = "What the run is a projection of. Values that were sealed stay so; texts of more than 16,384 characters are cut (cut: true).",
        Parameters =
        [
            new(ParameterLocation.Query, "from", "The number of the first entry.", Whole(null, 1)),
            new(ParameterLocation.Query, "limit", "Entries per page.", Whole(null, 1, JournalQuery.MaxLimit)),
            new(ParameterLocation.Query, "q", "Only entries with this text in their kind or content, in upper or lower case.", Text()),
        ],
        Responses =
        [
            new(200, "A page of entries.", new ContentText(JsonAnswer.ContentType, Schema)),
            ResponseText.Problem(400, ProblemCodes.Invalid),
            ResponseText.Problem(404, ProblemCodes.NotFound),
        ],
    };

    public static OpenApiSchema Build() => Object(
        "A part of a run's journal.",
        ("entries", ListOf(Object(
            null,
            ("number", Whole("From 1, without gaps.")),
            ("at", Time("When it was written.")),
            ("kind", OneOf("unknown: this version does not know it.", EntryKinds.All)),
            ("attempt", Whole("Whose it is.").OrNull()),
            ("bytes", Whole("Its size.")),
            ("summary", Text("What it says, in a line.")),
            ("data", new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null, Description = "Its content; what is in it depends on its kind." }))
            .AllRequired())),
        ("next", Whole("The from of the next page; null on the last one.").OrNull()),
        ("total", Whole("Entries that fit, on this page or not."))).AllRequired();
}
