using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>Runs that nothing disturbs, one per way to answer.</summary>
internal static class AnsweredRuns
{
    private static readonly JsonElement Metadata = JsonDocument.Parse("""{"conversation":"c1","turn":3}""").RootElement;

    /// <summary>What another run was submitted with, once more; both have a trace.</summary>
    public static RunRecording Repeated() => RunRecording.Of(
            new RunSpec { Model = "openai/gpt-5-mini" },
            trace: new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "vendor=1"),
            origin: new RunOrigin("run_01KDYK2S47ABCDEFGHJKMNPQRS", new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")))
        .Dispatch()
        .After(400).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("Hello")).Commit()
        .End();

    /// <summary>Waits for its first turn, and for its second.</summary>
    public static RunRecording Queued()
    {
        var limited = new RunError { Code = ErrorCodes.RateLimit, Message = "slow down", Status = 429, Recoverable = true, RetryAfterMs = 2_000 };
        return RunRecording.Of(new RunSpec { Model = "@cf/meta/llama-3.1-8b-instruct" })
            .Queue(new TurnWait(TurnLimits.Requests, "300 requests in 60 s are used.", RunRecording.Start + 12_000, Ahead: 3))
            .After(12_000).Dispatch().After(80).Fail(limited)
            .After(2_000).Queue(new TurnWait(TurnLimits.RetryAfter, "It is asked again as it allows.", ExpectedAt: null, Ahead: 0))
            .After(500).Dispatch()
            .After(120).Attach(WireFormat.WorkersAi, resumable: false)
            .Take(ChatScript.Render(WireFormat.WorkersAi, ["Hello"])).Commit()
            .End();
    }

    /// <summary>Escapes, other scripts, an emoji whose halves come apart; usage after the finish reason.</summary>
    public static RunRecording OpenAiChat() => RunRecording.Of(new RunSpec { Model = "openai/gpt-5-mini", Metadata = Metadata })
        .Dispatch()
        .After(400).Attach(WireFormat.OpenAi).Commit()
        .Take(Wire.Data("""{"model":"gpt-5-mini","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"""), Wire.OpenAi("Hello")).Commit()
        .Take(Wire.OpenAi(", \\\"world\\\"\\n"), Wire.OpenAi("— žluťoučký \\u006bůň "), Wire.OpenAi("\\ud83d"), Wire.OpenAi("\\ude00")).Commit(checkpoint: true)
        .Take(Wire.Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")).Commit()
        .Take(Wire.Data("""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":12,"total_tokens":19}}"""), Wire.Done)
        .End();

    public static RunRecording OpenAiReasoning() => RunRecording.Of(new RunSpec { Model = "deepseek/deepseek-reasoner", Resume = true })
        .Dispatch()
        .After(900).Attach(WireFormat.OpenAi).Commit()
        .Take(Wire.Data("""{"choices":[{"index":0,"delta":{"reasoning_content":"They want "}}]}""")).Commit()
        .Take(Wire.Data("""{"choices":[{"index":0,"delta":{"reasoning_content":"a greeting."}}]}"""), Wire.OpenAi("Good day")).Commit()
        .Take(Wire.Data("""{"choices":[{"index":0,"delta":{"content":"."},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":31}}"""))
        .Take(Wire.Done)
        .End();

    public static RunRecording OpenAiToolCalls() => RunRecording.Of(new RunSpec { Model = "openai/gpt-5-mini" })
        .Dispatch()
        .After(300).Attach(WireFormat.OpenAi).Commit()
        .Take(Wire.OpenAi("Let me look.")).Commit()
        .Take(ChatScript.ToolCall(0, "call_a", "weather", ["{\"city\":", "\"Łódź\"}"])).Commit()
        .Take(ChatScript.ToolCall(1, "call_b", "time", ["{\"zone\":\"UTC\\n\"}"])).Commit(checkpoint: true)
        .Take(Wire.Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""), Wire.Done)
        .End();

    public static RunRecording AnthropicThinkingAndTool() => RunRecording.Of(new RunSpec { Model = "anthropic/claude-haiku-4.5" })
        .Dispatch()
        .After(700).Attach(WireFormat.Anthropic).Commit()
        .Take(
            Wire.Named("message_start", """{"type":"message_start","message":{"model":"claude-haiku-4-5","role":"assistant","content":[],"usage":{"input_tokens":11,"output_tokens":1}}}"""),
            Wire.Named("ping", """{"type":"ping"}"""),
            Block(0, """{"type":"thinking","thinking":""}"""),
            Delta(0, """{"type":"thinking_delta","thinking":"A greeting, then the tool."}""")).Commit()
        .Take(
            Wire.Named("content_block_stop", """{"type":"content_block_stop","index":0}"""),
            Block(1, """{"type":"text","text":""}"""),
            Delta(1, """{"type":"text_delta","text":"Hello."}""")).Commit()
        .Take(
            Block(2, """{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}"""),
            Delta(2, """{"type":"input_json_delta","partial_json":"{\"city\":"}"""),
            Delta(2, """{"type":"input_json_delta","partial_json":" \"Oslo\"}"}""")).Commit()
        .Take(
            Wire.Named("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":27}}"""),
            Wire.Named("message_stop", """{"type":"message_stop"}"""))
        .End();

    public static RunRecording WorkersAiNative() => RunRecording.Of(new RunSpec { Model = "@cf/meta/llama-3.1-8b-instruct" })
        .Dispatch()
        .After(120).Attach(WireFormat.WorkersAi, resumable: false).Commit()
        .Take(Wire.Native("Hel"), Wire.Native("lo"), Wire.Native("")).Commit()
        .Take(Wire.Data("""{"response":" there","usage":{"prompt_tokens":5,"completion_tokens":4,"total_tokens":9}}"""), Wire.Done)
        .End();

    public static RunRecording ChatDocument() => RunRecording.Of(new RunSpec { Model = "@cf/meta/llama-3.1-8b-instruct", Resume = false })
        .Dispatch()
        .After(1_500).Attach(WireFormat.WorkersAi, resumable: false)
        .Result("application/json; charset=utf-8", """{"response":"Hello at once","usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}}"""u8.ToArray())
        .End();

    public static RunRecording EmbeddingResult() => RunRecording
        .Of(new RunSpec { Model = "@cf/baai/bge-base-en-v1.5", Task = "embeddings", Resume = false }, """{"text":"Hello"}""")
        .Dispatch()
        .After(80).Attach(WireFormat.WorkersAi, resumable: false)
        .Result("application/json", """{"shape":[1,3],"data":[[0.25,-0.5,1]]}"""u8.ToArray())
        .End();

    /// <summary>The image is base64 in JSON; who reads the run gets its bytes.</summary>
    public static RunRecording ImageResult() => RunRecording
        .Of(new RunSpec { Model = "@cf/black-forest-labs/flux-1-schnell", Task = "image" }, """{"prompt":"A dot"}""")
        .Dispatch()
        .After(2_300).Attach(WireFormat.Document, resumable: false)
        .Result("application/json", """{"image":"R0lGODlhAQABAAAAACwAAAAAAQABAAA="}"""u8.ToArray())
        .End();

    /// <summary>A dispatch for each; the second one is refused once.</summary>
    public static RunRecording SeveralImages() => RunRecording
        .Of(new RunSpec { Model = "@cf/stabilityai/stable-diffusion-xl-base-1.0", Task = "image", N = 2 }, """{"prompt":"A dot","seed":4}""")
        .Dispatch()
        .After(1_900).Attach(WireFormat.Document, resumable: false)
        .Result("image/gif", "GIF89a-first"u8.ToArray())
        .Dispatch(part: 1)
        .After(30).Fail(new RunError { Code = "provider-error", Message = "busy", Status = 503, Recoverable = true })
        .After(500).Dispatch(part: 1)
        .After(2_100).Attach(WireFormat.Document, resumable: false)
        .Result("image/gif", "GIF89a-second"u8.ToArray())
        .End();

    /// <summary>Of a list that is no object; the host was lost before, while the first dispatch had no answer.</summary>
    public static RunRecording ClassificationResult() => RunRecording
        .Of(new RunSpec { Model = "@cf/huggingface/distilbert-sst-2-int8", Task = "classification" }, """{"text":"Fine"}""")
        .Dispatch()
        .After(900).Fail(Errors.Interrupted, hostLost: true)
        .After(500).Dispatch()
        .After(60).Attach(WireFormat.Document, resumable: false)
        .Result("application/json", """[{"label":"POSITIVE","score":0.97},{"label":"NEGATIVE","score":0.03}]"""u8.ToArray())
        .End();

    private static byte[] Block(int index, string block) =>
        Wire.Named("content_block_start", $$"""{"type":"content_block_start","index":{{Text(index)}},"content_block":{{block}}}""");

    private static byte[] Delta(int index, string delta) =>
        Wire.Named("content_block_delta", $$"""{"type":"content_block_delta","index":{{Text(index)}},"delta":{{delta}}}""");

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
