using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>Runs that come to an answer although something went wrong.</summary>
internal static class DisturbedRuns
{
    private static readonly FallbackSpec Fallback = new() { Models = ["anthropic/claude-haiku-4.5"] };

    /// <summary>A broken connection, one that could not be taken up at once, a host that died, one that stopped.</summary>
    public static RunRecording Reattached() => RunRecording.Of(new RunSpec { Model = "openai/gpt-5-mini" })
        .Dispatch()
        .After(350).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("One")).Commit()
        .Detach(DetachReasons.Broken, "The connection to the gateway broke: reset")
        .After(40).Detach(ErrorCodes.RateLimit, "slow down", retryAfterMs: 1_000)
        .After(1_000).Reattach()
        .Take(Wire.OpenAi(", two")).Commit(checkpoint: true)
        .After(5_000).Detach(DetachReasons.HostLost)
        .Reattach()
        .Take(Wire.OpenAi(", three")).Commit()
        .Detach(DetachReasons.HostStopped)
        .After(2_500).Reattach()
        .Take(Wire.OpenAi("."), Wire.Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""), Wire.Done)
        .End();

    public static RunRecording Restarted() => RunRecording.Of(new RunSpec { Model = "openai/gpt-5-mini", Fallback = Fallback })
        .Dispatch()
        .After(350).Attach(WireFormat.OpenAi, resumable: false).Take(Wire.OpenAi("I thi")).Commit()
        .Fail(Errors.Broken("reset"))
        .After(10).Dispatch(leg: 1)
        .After(500).Attach(WireFormat.Anthropic).Commit()
        .Take(ChatScript.Render(WireFormat.Anthropic, ["I am ", "sure."], usage: 6))
        .End();

    /// <summary>The next model refuses the assistant's turn and takes the user's.</summary>
    public static RunRecording Continued() => RunRecording
        .Of(new RunSpec { Model = "openai/gpt-5-mini", Fallback = Fallback, OnStreamFailure = StreamPolicy.Continue, Resume = false })
        .Dispatch()
        .After(350).Attach(WireFormat.OpenAi, resumable: false)
        .Take(Wire.OpenAi("Once upon"), Wire.Data("""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}""")).Commit()
        .Fail(Errors.Broken("reset"))
        .Dispatch(leg: 1, Continuation.Prefill)
        .After(90).Fail(new RunError { Code = ErrorCodes.BadRequest, Message = "the last turn must be the user's", Status = 400 })
        .Dispatch(leg: 1, Continuation.UserTurn)
        .After(600).Attach(WireFormat.Anthropic, resumable: false).Commit()
        .Take(ChatScript.Render(WireFormat.Anthropic, [" a time", "."], usage: 4))
        .End();

    /// <summary>Version 2: the next model says again what was shown, one goes on after white space, one ends before it has said anything new.</summary>
    public static RunRecording ContinuedWithOverlap() => RunRecording
        .Of(new RunSpec { Model = "openai/gpt-5-mini", OnStreamFailure = StreamPolicy.Continue, Resume = false }, projection: 2)
        .Dispatch()
        .After(350).Attach(WireFormat.OpenAi, resumable: false)
        .Take(Wire.OpenAi("Once upon a time there"), Wire.OpenAi(" was a mill \\ud83d\\ude00. ")).Commit()
        .Fail(Errors.Broken("reset"))
        .Dispatch(continuation: Continuation.UserTurn, tail: "Once upon a time there was a mill \ud83d\ude00. ")
        .After(600).Attach(WireFormat.OpenAi, resumable: false)
        .Take(Wire.OpenAi("there was a"), Wire.OpenAi(" mill \\ud83d")).Commit(checkpoint: true)
        .Take(Wire.OpenAi("\\ude00. In it\\n"), Wire.OpenAi("lived ")).Commit()
        .Fail(Errors.Broken("reset"))
        .Dispatch(continuation: Continuation.Prefill, tail: " ")
        .After(600).Attach(WireFormat.OpenAi, resumable: false)
        .Take(Wire.OpenAi(" a"), Wire.OpenAi(" miller")).Commit()
        .Fail(Errors.Broken("reset"))
        .Dispatch(continuation: Continuation.UserTurn, tail: "In it\nlived a miller")
        .After(600).Attach(WireFormat.OpenAi, resumable: false).Take(Wire.OpenAi("In it"), Wire.OpenAi("\\nlived")).Commit()
        .End();

    public static RunRecording PartlyAccepted() => RunRecording
        .Of(new RunSpec { Model = "openai/gpt-5-mini", OnResumeExpired = StreamPolicy.AcceptPartial, Resume = true })
        .Dispatch()
        .After(350).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("Half an ans")).Commit()
        .Detach(DetachReasons.HostLost)
        .After(400_000).Fail(new RunError { Code = RunErrorCodes.ResumeExpired, Message = "Request not found", Status = 404 })
        .End(incompleteReason: RunErrorCodes.ResumeExpired);

    /// <summary>Two events that can not be read, one of them not even UTF-8; a caller's own warning; one given for both.</summary>
    public static RunRecording MalformedEvents() => RunRecording
        .Of(new RunSpec { Model = "xai/grok-4", Warnings = [new RunWarning("transport", "The gateway path was chosen."), Warnings.NotResumable] }, tenant: "acme")
        .Dispatch()
        .After(200).Attach(WireFormat.OpenAi, resumable: false).Commit()
        .Take(Wire.OpenAi("a"), ChatScript.Malformed()).Commit()
        .Take([[.. "data: {\"choices\":[{\"delta\":{\"content\":\""u8, 0xC3, 0x28, .. "\"}}]}\n\n"u8]]).Commit(checkpoint: true)
        .Take(Wire.OpenAi("b"), Wire.Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}"""), Wire.Done)
        .End();

    /// <summary>A provider that never sends its end marker; comments and line ends of the other kind inside the events.</summary>
    public static RunRecording FinishWithoutMarker() => RunRecording.Of(new RunSpec { Model = "minimax/m2" })
        .Dispatch()
        .After(200).Attach(WireFormat.OpenAi, step: 1).Commit()
        .Take(": ping\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Yes\"}}]}\r\n\r\n"u8.ToArray()).Commit()
        .Take("id: 7\ndata: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"!\"},\"finish_reason\":\"stop\"}]}\n\n"u8.ToArray())
        .End();
}
