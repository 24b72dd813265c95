using Microsoft.OpenApi;
using Orchestrator.Api.Json;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>What the document says of the host's own state.</summary>
internal static class HostOperations
{
    public const string Schema = "System";

    public static readonly OperationText System = new("getSystem", OperatingOperations.Tag, "How the host that answers fares.")
    {
        Description = "Of this process, all tenants together, over the last minute: so it takes the role operate.",
        Responses = [new(200, "The host.", new ContentText(JsonAnswer.ContentType, Schema))],
    };

    public static OpenApiSchema Build() => Object(
        null,
        ("version", Text()),
        ("host", Text("The machine's name.")),
        ("startedAt", Time("The process's start.")),
        ("hosts", ListOf(
            Object(
                null,
                ("name", Text()),
                ("status", Text("active: it serves.")),
                ("answers", Flag("It is the one that answers.")),
                ("startedAt", Time("Its start.")),
                ("version", Text("Null where only that host could tell.").OrNull()),
                ("activeRuns", Whole("Those that it works on; null where only that host could tell.").OrNull())).AllRequired(),
            "The hosts that serve together, this one among them.")),
        ("journal", Object(
            null,
            ("provider", Text("Which store, and where.")),
            ("commits", Object(null, ("rate", Number("A second.")), ("p50", Number("Seconds.").OrNull()), ("p99", Number().OrNull())).AllRequired()),
            ("events", Object(null, ("rate", Number("Upstream events a second."))).AllRequired()),
            ("healthy", Flag("As GET /readyz has it.")),
            ("reason", Text("Why not.").OrNull())).AllRequired()),
        ("limits", ListOf(Object(null, ("model", Text()), ("requests", Whole("0 is no limit.")), ("windowSeconds", Number())).AllRequired())),
        ("queues", ListOf(Object(null, ("phase", Text("queued, waiting or recovering.")), ("runs", Whole())).AllRequired(), "Runs without a connection.")),
        ("circuits", ListOf(
            Object(null, ("model", Text()), ("state", Text("open: dispatches are refused; probing: the next one is let through to see.")), ("until", Time("When it is probed."))).AllRequired(),
            "Those that are open.")),
        ("gateway", Object(
            null,
            ("kind", Text("Which gateway and upstreams.")),
            ("url", Text().OrNull()),
            ("healthy", Flag("Whether it has answered since it failed last; null before there was any. What is the fault of a request is an answer.").OrNull()),
            ("lastOk", Time("When it answered last.").OrNull()),
            ("lastError", Object("The last failure that was the upstream's.", ("at", Time("When.")), ("model", Text()), ("code", Text())).AllRequired().OrNull())).AllRequired()),
        ("memory", Object(null, ("residentBytes", Whole()), ("managedBytes", Whole())).AllRequired()),
        ("runs", Object(null, ("active", Whole()), ("queued", Whole())).AllRequired())).AllRequired();
}
