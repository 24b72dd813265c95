using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>The runs whose journals, events and resources are checked in, by the name of their folder.</summary>
internal static class GoldenRuns
{
    public static readonly IReadOnlyDictionary<string, Func<RunRecording>> All = new SortedDictionary<string, Func<RunRecording>>(StringComparer.Ordinal)
    {
        ["openai-chat"] = AnsweredRuns.OpenAiChat,
        ["openai-reasoning"] = AnsweredRuns.OpenAiReasoning,
        ["openai-tool-calls"] = AnsweredRuns.OpenAiToolCalls,
        ["anthropic-thinking-and-tool"] = AnsweredRuns.AnthropicThinkingAndTool,
        ["workers-ai-native"] = AnsweredRuns.WorkersAiNative,
        ["chat-document"] = AnsweredRuns.ChatDocument,
        ["embedding-result"] = AnsweredRuns.EmbeddingResult,
        ["image-result"] = AnsweredRuns.ImageResult,
        ["several-images"] = AnsweredRuns.SeveralImages,
        ["classification-result"] = AnsweredRuns.ClassificationResult,
        ["queued"] = AnsweredRuns.Queued,
        ["repeated"] = AnsweredRuns.Repeated,
        ["reattached"] = DisturbedRuns.Reattached,
        ["restarted"] = DisturbedRuns.Restarted,
        ["continued"] = DisturbedRuns.Continued,
        ["continued-with-overlap"] = DisturbedRuns.ContinuedWithOverlap,
        ["partly-accepted"] = DisturbedRuns.PartlyAccepted,
        ["malformed-events"] = DisturbedRuns.MalformedEvents,
        ["finish-without-marker"] = DisturbedRuns.FinishWithoutMarker,
        ["every-leg-failed"] = FailedRuns.EveryLegFailed,
        ["error-in-the-stream"] = FailedRuns.ErrorInTheStream,
        ["resume-mismatch"] = FailedRuns.ResumeMismatch,
        ["poisoned"] = FailedRuns.Poisoned,
        ["cancelled"] = FailedRuns.Cancelled,
        ["cancelled-before-the-answer"] = FailedRuns.CancelledBeforeTheAnswer,
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
