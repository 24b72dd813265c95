using Microsoft.OpenApi;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Turns;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>The run resource, and the page of its summaries.</summary>
internal static class RunSchemas
{
    public const string Run = "Run";
    public const string RunPage = "RunPage";
    public const string RunState = "RunState";
    public const string RunSummary = "RunSummary";
    public const string RunError = "RunError";
    public const string Attempt = "Attempt";
    public const string Usage = "Usage";
    public const string Cost = "Cost";

    public static OpenApiSchema BuildRun() => Object(
        "A run as of seq: take the output so far from here and the events after seq from its event stream.",
        ("id", Text("run_ and 26 characters; ids sort by the time of submission.")),
        ("status", Status()),
        ("seq", Whole("The last event that this is as of.")),
        ("eventOffset", Whole("Complete upstream events of the serving attempt.")),
        ("model", Text()),
        ("task", Text()),
        ("metadata", MapOf(Scalar(), "As submitted.")),
        ("warnings", ListOf(Object(null, ("code", Text("Stable, such as not-resumable.")), ("message", Text())).AllRequired())),
        ("createdAt", Time("When it was submitted.")),
        ("startedAt", Time("When its first attempt started.").OrNull()),
        ("endedAt", Time("When it ended.").OrNull()),
        ("queue", Queue()),
        ("incomplete", Flag("Completed with a partial answer, which a policy accepted.")),
        ("incompleteReason", Text().OrNull()),
        ("output", Output()),
        ("finishReason", Text().OrNull()),
        ("usage", RefOrNull(Usage)),
        ("cost", RefOrNull(Cost)),
        ("traceId", Text("The trace that its spans belong to: the caller's, where it sent traceparent. 32 hexadecimal digits.")),
        ("attempts", ListOf(Ref(Attempt), "In the order they were made.")),
        ("error", RefOrNull(RunError)),
        ("spec", Anything(
            "The submission with defaults filled in, in the shape of Submission. Values of extraHeaders are null: submitted again, they have to be given anew.")))
        .Required(
            "id", "status", "seq", "eventOffset", "model", "task", "metadata", "warnings", "createdAt", "startedAt", "endedAt", "incomplete",
            "incompleteReason", "output", "finishReason", "usage", "attempts", "error", "spec");

    public static OpenApiSchema BuildPage() => Object(
        "A page of the list, newest first.",
        ("runs", ListOf(Ref(RunSummary))),
        ("next", Text("The cursor of the next page; null on the last one.").OrNull())).AllRequired();

    /// <summary>The body of a 202 of <c>/output</c>.</summary>
    public static OpenApiSchema BuildState() =>
        Object("Where an unfinished run stands.", ("id", Text()), ("status", Status()), ("seq", Whole())).AllRequired();

    public static OpenApiSchema BuildError() => Object(
        "Why an attempt or a run failed.",
        ("code", Text("Stable, such as rate-limit or stream-truncated.")),
        ("message", Text()),
        ("status", Whole("The upstream's HTTP status.").OrNull()),
        ("recoverable", Flag("Whether the same request may succeed later.")),
        ("upstreamCode", Text("The upstream's own code."))).Required("code", "message", "status", "recoverable");

    /// <param name="more">Fields beside those of the list.</param>
    public static OpenApiSchema Summary(params ReadOnlySpan<(string Name, IOpenApiSchema Schema)> more)
    {
        var summary = BuildSummary();
        foreach (var (name, schema) in more)
        {
            summary.Properties!.Add(name, schema);
        }

        return summary.AllRequired();
    }

    public static OpenApiSchema BuildSummary() => Object(
        "The run without output, attempt tree, warnings, spec and eventOffset: get the run itself for those.",
        ("id", Text()),
        ("status", Status()),
        ("model", Text()),
        ("task", Text()),
        ("tenant", Text("Empty where the service has no keys.")),
        ("metadata", MapOf(Scalar())),
        ("createdAt", Time("When it was submitted.")),
        ("startedAt", Time("When its first attempt started.").OrNull()),
        ("endedAt", Time("When it ended.").OrNull()),
        ("incomplete", Flag()),
        ("incompleteReason", Text().OrNull()),
        ("finishReason", Text().OrNull()),
        ("usage", RefOrNull(Usage)),
        ("error", Object(null, ("code", Text()), ("message", Text().OrNull())).AllRequired().OrNull()),
        ("cost", RefOrNull(Cost)),
        ("seq", Whole("The last event. Null, like the numbers below, where an older version ended the run.").OrNull()),
        ("attempts", Whole("How many.").OrNull()),
        ("reattaches", Whole("How often a lost connection was taken up again.").OrNull()),
        ("fallbacks", Whole("How often it went on to a later leg, by itself or at the gateway.").OrNull()),
        ("leg", Whole("The one that serves: 0 is the model, 1 the first fallback model.").OrNull()),
        ("phase", OneOf(
            "What it is doing: stalled is connected and silent for long, recovering has lost its connection and takes it up again.",
            Enum.GetValues<RunPhase>().Select(static phase => phase.ToWire()))),
        ("traceId", Text("Of its distributed trace.").OrNull())).AllRequired();

    public static OpenApiSchema BuildCost() => Object(
        "By the prices of the configuration when it was computed; null where nothing is known of it.",
        ("amount", Number("Of all attempts whose price and usage are known.")),
        ("currency", OneOf(null, "USD")),
        ("asOf", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date", Description = "Of the oldest price used." }),
        ("wasted", Number("The part of amount that bought nothing of the answer: attempts that were tried again or fallen back from.")),
        ("complete", Flag("False where more was, or may have been, paid for: then amount is a lower bound."))).AllRequired();

    private static OpenApiSchema Queue() => Object(
        "What the run waits for before its next request goes out; not there where it does not wait for a turn.",
        ("limit", OneOf("What is used up.", TurnLimits.Requests, TurnLimits.RetryAfter, TurnLimits.Neurons)),
        ("message", Text("The same for people.")),
        ("leg", Whole()),
        ("model", Text()),
        ("since", Time("Since when it waits.")),
        ("expectedAt", Time("When its turn should come, as things stand; null where it can not be told.").OrNull()),
        ("ahead", Whole("How many requests go first; null where no host works on the run.").OrNull())).AllRequired();

    private static OpenApiSchema Output() => Object(
        "The answer so far.",
        ("text", Text()),
        ("reasoning", Text().OrNull()),
        ("toolCalls", ToolCalls()),
        ("document", Document("An answer that is no text; the bytes are at /output.")),
        ("documents", ListOf(Document(null), "All of them, where the run has several results; the bytes are at /output?part=.")))
        .Required("text", "reasoning", "toolCalls");

    private static OpenApiSchema Document(string? description) =>
        Object(description, ("contentType", Text()), ("bytes", Whole("Its length."))).AllRequired();

    private static OpenApiSchema ToolCalls() => ListOf(Object(
        null,
        ("index", Whole()),
        ("id", Text().OrNull()),
        ("name", Text().OrNull()),
        ("arguments", Text("JSON text, as the model wrote it; cut short while the run is active."))).AllRequired());

    public static OpenApiSchema BuildUsage() => Object(
        "Tokens, as the provider counts them.",
        ("inputTokens", Whole().OrNull()),
        ("outputTokens", Whole().OrNull()),
        ("totalTokens", Whole().OrNull()),
        ("cacheReadTokens", Whole("Of the input: read from the provider's cache. Absent where the provider does not tell it apart.")),
        ("cacheWriteTokens", Whole("Of the input: written into the provider's cache. Absent where the provider does not tell it apart.")))
        .Required("inputTokens", "outputTokens", "totalTokens");

    public static OpenApiSchema BuildAttempt() => Object(
        null,
        ("attempt", Whole("From 1.")),
        ("leg", Whole("0 is the model, 1 the first fallback model. Where the gateway itself falls back, the one that serves.")),
        ("model", Text("Of the leg.")),
        ("transport", Transport()),
        ("resumable", Flag()),
        ("gatewayRunId", Text().OrNull()),
        ("gatewayLogId", Text().OrNull()),
        ("startedAt", Time("When it was dispatched.")),
        ("firstEventAt", Time("When its first event came.").OrNull()),
        ("endedAt", Time("When it ended.").OrNull()),
        ("events", Whole("Complete upstream events taken.")),
        ("reattaches", Whole()),
        ("continuation", Continuation()),
        ("part", Whole("Which of the run's results it is for, from 0; not there for the first.")),
        ("usage", RefOrNull(Usage)),
        ("cost", Ref(Cost)),
        ("error", RefOrNull(RunError))).Required(
            "attempt", "leg", "model", "transport", "resumable", "gatewayRunId", "gatewayLogId", "startedAt", "firstEventAt", "endedAt", "events",
            "reattaches", "usage", "error");

    public static OpenApiSchema Transport() => OneOf(
        "The way to the model; direct: a server of the service's configuration, without the gateway.", TransportNames.Run, TransportNames.Gateway, TransportNames.Direct);

    public static OpenApiSchema Continuation() => OneOf("How it takes up the partial answer of the attempt before, where it does.", "prefill", "user-turn");

    private static OpenApiSchema Status() => OneOf(null, Enum.GetValues<RunStatus>().Select(static status => status.ToWire()));
}
