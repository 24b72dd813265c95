using Microsoft.OpenApi;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Statistics;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>What the document says of the statistics.</summary>
internal static class StatsOperations
{
    public const string Schema = "Stats";

    public static readonly OperationText Stats = new("getStats", OperatingOperations.Tag, "What runs did, by time, and which of them need a look.")
    {
        Description = "Counted as it happens: by ten seconds for two hours, by the minute for a day, by the hour for 31 days; a shorter step is answered "
            + "with the shortest that there is. Of runs that ended before the service started everything is counted where they ended. In a cluster the "
            + "silos add up, whichever is asked.",
        Parameters =
        [
            new(ParameterLocation.Query, "from", "The beginning; an hour before the end unless given.", Time("RFC 3339.")),
            new(ParameterLocation.Query, "to", "The end; now unless given.", Time("RFC 3339.")),
            new(ParameterLocation.Query, "step", $"The length of a point: seconds, or such as 30s, 5m, 1h. At most {StatsQuery.MaxPoints} points.", Text()),
            new(ParameterLocation.Query, "by", "One series for each.", OneOf(null, StatsQuery.Groups.Select(static group => group.Name))),
        ],
        Responses = [new(200, "The statistics.", new ContentText(JsonAnswer.ContentType, Schema)), ResponseText.Problem(400, ProblemCodes.Invalid)],
    };

    public static OpenApiSchema Build() => Object(
        null,
        ("from", Time("The beginning of the first point.")),
        ("to", Time("The end.")),
        ("hosts", Object(
            "Whose runs these are.",
            ("all", Whole("How many hosts serve together.")),
            ("silent", Whole("How many of them did not answer: what their runs did is not counted in."))).AllRequired()),
        ("step", Whole("Seconds.")),
        ("by", OneOf(null, StatsQuery.Groups.Select(static group => group.Name))),
        ("series", ListOf(
            Object(
                null,
                ("key", Text("The model, leg or tenant; null where they are all one.").OrNull()),
                ("points", ListOf(Object(null, [("at", Time("Its beginning.")), .. CountFields()]).AllRequired())),
                ("totals", Object(null, CountFields()).AllRequired())).AllRequired(),
            "The most runs first.")),
        ("totals", Object(null, CountFields()).AllRequired()),
        ("attention", ListOf(
            RunSchemas.Summary(
                ("why", OneOf(
                    "stalled is connected and silent for long, recovering has lost its connection, queued-long has waited for more than a minute, circuit-open is refused by an open circuit.",
                    "stalled", "recovering", "queued-long", "circuit-open")),
                ("since", Time("Since when."))),
            "The longest in trouble first; at most a hundred."))).AllRequired();

    private static (string Name, IOpenApiSchema Schema)[] CountFields() =>
    [
        ("submitted", Whole()),
        ("completed", Whole()),
        ("failed", Whole()),
        ("cancelled", Whole()),
        ("active", Whole("At the end of the point; null by leg.").OrNull()),
        ("queued", Whole("Of these, those that waited for their turn or their next attempt.").OrNull()),
        ("events", Whole("Upstream events.")),
        ("inputTokens", Whole()),
        ("outputTokens", Whole()),
        ("reattaches", Whole()),
        ("fallbacks", Whole()),
        ("cost", RefOrNull(RunSchemas.Cost)),
        ("firstEventP50", Number("Seconds from the submission to the first output, right to an eighth; null where none came.").OrNull()),
        ("firstEventP99", Number().OrNull()),
    ];
}
