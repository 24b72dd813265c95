using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>Runs that come to no answer.</summary>
internal static class FailedRuns
{
    public static RunRecording EveryLegFailed()
    {
        var limited = new RunError { Code = ErrorCodes.RateLimit, Message = "slow down", Status = 429, Recoverable = true, RetryAfterMs = 2_000 };
        var unknown = new RunError
        {
            Code = ErrorCodes.NotFound, Message = "not on the \"run\" catalog", Status = 404, UpstreamCode = "7003", NextLeg = true,
        };
        var spec = new RunSpec
        {
            Model = "openai/gpt-5-mini",
            Fallback = new FallbackSpec { Models = ["mistral/large", "anthropic/claude-haiku-4.5"] },
            Retry = new RetrySpec { MaxAttempts = 2 },
        };
        var silent = Errors.FirstEventTimeout(spec);
        return RunRecording.Of(spec)
            .Dispatch().After(80).Fail(limited)
            .After(2_000).Dispatch().After(70).Fail(limited)
            .Dispatch(leg: 1).After(60).Fail(unknown)
            .Dispatch(leg: 2).After(300).Attach(WireFormat.Anthropic).Commit().After(60_000).Fail(silent)
            .After(1_000).Dispatch(leg: 2).After(60_000).Fail(silent)
            .End(RunStatus.Failed, silent);
    }

    public static RunRecording ErrorInTheStream()
    {
        var error = new RunError
        {
            Code = ErrorCodes.ProviderError, Message = "Overloaded", Status = 529, Recoverable = true, UpstreamCode = "overloaded_error",
        };
        return RunRecording.Of(new RunSpec { Model = "anthropic/claude-haiku-4.5" })
            .Dispatch()
            .After(700).Attach(WireFormat.Anthropic).Commit()
            .Take(ChatScript.Render(WireFormat.Anthropic, ["Half"], finish: null, marker: false)).Commit()
            .Take(ChatScript.Error(WireFormat.Anthropic, "overloaded_error", "Overloaded")).Commit()
            .Fail(error)
            .End(RunStatus.Failed, error);
    }

    public static RunRecording ResumeMismatch() => RunRecording.Of(new RunSpec { Model = "openai/gpt-5-mini" })
        .Dispatch()
        .After(350).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("One"), Wire.OpenAi(" two")).Commit()
        .Detach(DetachReasons.Idle)
        .After(25).Fail(Errors.Mismatch(2))
        .End(RunStatus.Failed, Errors.Mismatch(2));

    /// <summary>The host dies before the answer, and then again and again under the answer.</summary>
    public static RunRecording Poisoned()
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/gpt-5-mini" })
            .Dispatch()
            .After(3_000).Fail(Errors.Interrupted, hostLost: true)
            .After(500).Dispatch()
            .After(350).Attach(WireFormat.OpenAi).Commit();
        for (var i = 0; i < RunDecisions.PoisonBound - 1; i++)
        {
            run.After(3_000).Detach(DetachReasons.HostLost);
        }

        return run.End(RunStatus.Failed, Errors.Poisoned(RunDecisions.PoisonBound));
    }

    public static RunRecording Cancelled() => RunRecording.Of(new RunSpec { Model = "@cf/meta/llama-3.1-8b-instruct" })
        .Dispatch()
        .After(120).Attach(WireFormat.WorkersAi, resumable: false).Take(Wire.Native("Never ")).Commit()
        .Take(Wire.Native("mind")).Commit()
        .After(30)
        .End(RunStatus.Cancelled);

    public static RunRecording CancelledBeforeTheAnswer() => RunRecording.Of(new RunSpec { Model = "openai/gpt-5-mini" })
        .Dispatch()
        .After(50)
        .End(RunStatus.Cancelled);
}
