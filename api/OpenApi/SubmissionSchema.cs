using Microsoft.OpenApi;
using Orchestrator.Api.Json;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>The body of <c>POST /v1/runs</c>.</summary>
internal static class SubmissionSchema
{
    public const string Name = "Submission";

    private static readonly IReadOnlyList<string> Policies = [.. ChoiceNames.StreamPolicies.Select(static choice => choice.Name)];
    private static readonly IReadOnlyList<string> Backoffs = [.. ChoiceNames.Backoffs.Select(static choice => choice.Name)];

    public static OpenApiSchema Build() => Object(
        "What to run. Absent and null are the default.",
        ("model", Text("Leg 0: provider/model, or @cf/… for a Workers AI model.")),
        ("input", Anything("In the model's own schema; passed on untouched, but for stream.")),
        ("task", OneOf("What the model does. Default: what its name tells, else text-generation. All but text-generation and vision answer with one result.", ModelTasks.AllNames).OrNull()),
        ("n", Whole("How many images, each of a dispatch of its own; a seed counts up. Default 1.", 1, SubmitLimits.Parts).OrNull()),
        ("fallback", Fallback().Closed().OrNull()),
        ("retry", Retry().Closed().OrNull()),
        ("resume", Flag("True: refuse what can not be resumed. Null: resume where it can be had, with a warning otherwise.").OrNull()),
        ("onResumeExpired", OneOf("When the gateway has forgotten the run before it was re-attached. Default error.", Policies).OrNull()),
        ("onStreamFailure", OneOf(
            "For a failure after the first event that resuming does not cure. Null: restart while a fallback leg is left, else error.", Policies).OrNull()),
        ("transport", OneOf(
            "The run path, whose answers can be resumed where a bridge is configured, or the gateway path, whose answers can not. Null: chosen by what else is asked for.",
            TransportNames.Run,
            TransportNames.Gateway).OrNull()),
        ("gateway", Gateway().Closed().OrNull()),
        ("byok", Flag("The extra headers carry the caller's own provider key, or one is stored at the gateway, and it is to be used. Takes the gateway path.").OrNull()),
        ("byokAlias", Text("The alias of a key that is stored at the gateway. Takes the gateway path.").OrNull()),
        ("zdr", Flag("Zero data retention.").OrNull()),
        ("extraHeaders", MapOf(
            Text(), $"To the provider. At most {HeaderRules.MaxCount}. Values are sealed at once and never shown: in a run's spec they are null.").OrNull()),
        ("sessionAffinity", Text("Requests with the same key go to the same instance of a Workers AI model.").OrNull()),
        ("timeouts", Timeouts().Closed().OrNull()),
        ("metadata", MapOf(
            Scalar(),
            $"Yours: searchable, echoed. At most {SubmitLimits.MetadataEntries} entries, names of {ScalarMap.MaxNameChars} and texts of {ScalarMap.MaxTextChars} characters.").OrNull()),
        ("webhook", Webhook().Closed().OrNull())).Required("model", "input").Closed();

    private static OpenApiSchema Fallback() => Object(
        "The legs after the first.",
        ("mode", OneOf("Who moves on: this service (default), or the gateway, in one dispatch over the gateway path.", FallbackSpec.ClientMode, FallbackSpec.ServerMode).OrNull()),
        ("models", ListOf(Text(), $"In order, at most {SubmitLimits.FallbackModels}.").OrNull()),
        ("inputs", MapOf(Anything("In the model's own schema."), "By model, for those that need an input of their own.").OrNull()));

    private static OpenApiSchema Retry()
    {
        var defaults = new RetrySpec();
        return Object(
            "Retries of a leg after failures before its first event.",
            ("maxAttempts", Whole($"Dispatches per leg, the first included. Default {defaults.MaxAttempts}.", 1, SubmitLimits.Attempts).OrNull()),
            ("delayMs", Whole($"Before the second attempt. Default {defaults.DelayMs}.", 0, SubmitLimits.RetryDelayMs).OrNull()),
            ("maxDelayMs", Whole($"The longest delay; not below delayMs. Default {defaults.MaxDelayMs}.", 0, SubmitLimits.RetryDelayMs).OrNull()),
            ("backoff", OneOf("Default exponential.", Backoffs).OrNull()));
    }

    private static OpenApiSchema Gateway() => Object(
        "Options of the AI Gateway; null is the gateway's own setting.",
        ("id", Text("Which gateway; default the service's Gateway:Id.").OrNull()),
        ("skipCache", Flag("True takes the gateway path.").OrNull()),
        ("cacheTtl", Whole("Seconds. Takes the gateway path.", 0).OrNull()),
        ("cacheKey", Text().OrNull()),
        ("collectLog", Flag().OrNull()),
        ("metadata", MapOf(Scalar(), $"For the gateway's log, at most {GatewayOptions.MaxMetadata} entries.").OrNull()),
        ("eventId", Text("The caller's id of the request, for the gateway's log.").OrNull()),
        ("requestTimeoutMs", Whole("To the first byte of the provider's answer.", 1).OrNull()),
        ("retries", Object(
            "Retries that the gateway makes by itself.",
            ("maxAttempts", Whole(null, 1, GatewayRetries.MaxMaxAttempts).OrNull()),
            ("retryDelayMs", Whole(null, 0, GatewayRetries.MaxRetryDelayMs).OrNull()),
            ("backoff", OneOf(null, Backoffs).OrNull())).Closed().OrNull()));

    private static OpenApiSchema Timeouts()
    {
        var defaults = new TimeoutSpec();
        return Object(
            "Milliseconds.",
            ("firstEventMs", Whole($"From a dispatch to its first event. Default {defaults.FirstEventMs}.", 1, SubmitLimits.SilenceMs).OrNull()),
            ("idleMs", Whole($"The longest silence between two events. Default {defaults.IdleMs}.", 1, SubmitLimits.SilenceMs).OrNull()),
            ("totalMs", Whole($"From submission to the end, whatever happens. Default {defaults.TotalMs}.", 1, SubmitLimits.TotalMs).OrNull()));
    }

    private static OpenApiSchema Webhook() => Object(
        "Who is told how the run ended.",
        ("url", Text("Absolute, http or https, without a name and password.")),
        ("events", ListOf(OneOf(null, WebhookPart.Events), "All where there are none.").OrNull())).Required("url");
}
