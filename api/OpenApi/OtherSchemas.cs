using Microsoft.OpenApi;
using Orchestrator.Api.Feedback;
using Orchestrator.Gateway;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>Problems, feedback, health.</summary>
internal static class OtherSchemas
{
    public const string Problem = "Problem";
    public const string Feedback = "Feedback";
    public const string Health = "Health";

    public static OpenApiSchema BuildProblem() => Object(
        "Problem details (RFC 9457).",
        ("type", Text("about:blank.")),
        ("title", Text("The status in words.")),
        ("status", Whole()),
        ("code", Text("Stable; each response lists its codes.")),
        ("detail", Text("What happened and what mends it. For people.")),
        ("errors", ListOf(
            Object(
                "One thing that is wrong with the request, and where: in one of the three.",
                ("pointer", Text("A JSON pointer into the body.")),
                ("parameter", Text("A parameter of the query.")),
                ("header", Text("A header.")),
                ("message", Text("What is wrong and what to do."))).Required("message"),
            "Everything that is wrong.")),
        ("error", Ref(RunSchemas.RunError)),
        ("partialOutput", Flag("Whether the run has a part of the output.")),
        ("traceId", Text("What the service's log has a failure under."))).Required("type", "title", "status", "code", "detail");

    public static OpenApiSchema BuildFeedback() => Object(
        "At least one of them; what is null stays as it is at the gateway.",
        ("feedback", Whole("1 good, -1 bad, 0 neither.", -1, 1).OrNull()),
        ("score", Number($"From 0 to {LogPatch.MaxScore}.").OrNull()),
        ("metadata", MapOf(Scalar(), $"At most {FeedbackParser.MaxMetadata} entries.").OrNull())).Closed();

    public static OpenApiSchema BuildHealth() => Object(null, ("status", OneOf(null, "live", "ready"))).AllRequired();
}
