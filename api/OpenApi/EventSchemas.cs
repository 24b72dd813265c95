using Microsoft.OpenApi;
using Orchestrator.Engine.Runs;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>The data of server-sent events: of a run, and of the feed.</summary>
internal static class EventSchemas
{
    public const string Event = "Event";
    public const string FeedEvent = "FeedEvent";

    public static OpenApiSchema BuildEvent() => new()
    {
        Description = "The data of one event of a run; its type is the event's name, its seq the event's id. A later version may have more types: pass over those.",
        OneOf =
        [
            One("run.created", "Always the first.", ("runId", Text()), ("model", Text()), ("task", Text()), ("createdAt", Time("When it was submitted.")), ("metadata?", MapOf(Scalar()))),
            OfAttempt(
                "attempt.started", "It is dispatched.", ("leg", Whole()), ("model", Text()), ("transport", RunSchemas.Transport()),
                ("continuation?", RunSchemas.Continuation()), ("part?", Whole()), ("startedAt", Time("When."))),
            OfAttempt(
                "attempt.attached", "The gateway answers.", ("gatewayRunId", Text().OrNull()), ("gatewayLogId", Text().OrNull()), ("cacheStatus", Text().OrNull()),
                ("resumable", Flag()), ("leg?", Whole("Where the gateway itself fell back.")), ("model?", Text("Where the gateway itself fell back."))),
            OfAttempt("attempt.detached", "Its connection broke.", ("offset", Whole("Upstream events before it.")), ("reason", Text()), ("message?", Text())),
            OfAttempt("attempt.reattached", "It goes on where it broke.", ("offset", Whole("Upstream events before it.")), ("gapMs", Whole("Milliseconds without a connection."))),
            OfAttempt("attempt.failed", "It is given up.", ("error", Ref(RunSchemas.RunError))),
            OfAttempt("output.delta", "More of the answer's text.", ("text", Text("A character of several code units may be cut in two."))),
            OfAttempt("reasoning.delta", "More of the model's reasoning.", ("text", Text())),
            OfAttempt(
                "tool_call.delta", "More of a tool call.", ("index", Whole("Which of them, from 0.")), ("id?", Text()), ("name?", Text()), ("arguments", Text("The next piece of JSON text."))),
            OfAttempt("output.result", "The answer of a task that has no stream; the bytes are at /output.", ("contentType", Text()), ("bytes", Whole("Its length."))),
            OfAttempt("output.reset", "The output before it no longer counts.", ("reason", Text("restart: the same model answers again; fallback: the next one does."))),
            OfAttempt("usage", "Tokens so far.", ("usage", Ref(RunSchemas.Usage))),
            One("warning", "What the caller should know.", ("code", Text("Stable, such as not-resumable.")), ("message", Text())),
            End("run.completed", RunStatus.Completed),
            End("run.failed", RunStatus.Failed),
            End("run.cancelled", RunStatus.Cancelled),
        ],
    };

    public static OpenApiSchema BuildFeedEvent() => new()
    {
        Description = "The data of an event of the feed: of event: run and event: left the run as it is now, of event: deleted its id, of event: reset nothing.",
        AnyOf =
        [
            Ref(RunSchemas.RunSummary),
            Object("event: deleted", ("id", Text())).AllRequired().Closed(),
            Object("event: reset").Closed(),
        ],
    };

    private static OpenApiSchema End(string type, RunStatus status) => One(
        type,
        "Always the last; the stream ends behind it.",
        ("status", OneOf(null, status.ToWire())),
        ("finishReason", Text().OrNull()),
        ("incomplete", Flag("A partial answer was accepted.")),
        ("incompleteReason", Text().OrNull()),
        ("usage", RefOrNull(RunSchemas.Usage)),
        ("error", RefOrNull(RunSchemas.RunError)),
        ("attempts", ListOf(Ref(RunSchemas.Attempt))));

    private static OpenApiSchema OfAttempt(string type, string description, params ReadOnlySpan<(string Name, IOpenApiSchema Schema)> fields) =>
        One(type, description, [("attempt", Whole("Which attempt of the run, from 1.")), .. fields]);

    /// <param name="type">The event's name.</param>
    /// <param name="description">What it says.</param>
    /// <param name="fields">Those with a question mark are not always there.</param>
    private static OpenApiSchema One(string type, string description, params ReadOnlySpan<(string Name, IOpenApiSchema Schema)> fields)
    {
        var all = new List<(string Name, IOpenApiSchema Schema)> { ("seq", Whole("From 1, without gaps.", 1)), ("type", OneOf(null, type)) };
        var required = new List<string> { "seq", "type" };
        foreach (var (name, schema) in fields)
        {
            all.Add((name.TrimEnd('?'), schema));
            if (!name.EndsWith('?'))
            {
                required.Add(name);
            }
        }

        var built = Object(description, [.. all]).Required(required);
        built.Title = type;
        return built;
    }
}
