using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Simulation.Tests.Runs;

/// <summary>Draws runs.</summary>
internal static class RandomSpecs
{
    private static readonly string[] Words =
        ["the ", "ha ", "ha ", "river ", "für ", "\"so\" ", "42 ", "\n", "naïve ", "雨 ", "🙂 ", "and ", "\\ ", "a ", "a ", "a ", "a ", "end. "];

    private static readonly string[] ResumableModels = ["openai/gpt-5-mini", "anthropic/claude-haiku-4.5", "xai/grok-4"];
    private static readonly string[] AllModels = [.. ResumableModels, "@cf/meta/llama-3.1-8b-instruct"];

    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string> Secret = new(StringComparer.Ordinal) { ["x-secret"] = "s" };

    public static SimulatedRun Draw(Random random, ScenarioKind kind, int index)
    {
        var tools = random.Next(8) == 0;
        var models = kind == ScenarioKind.Recoverable ? ResumableModels : AllModels;
        var model = tools ? models[0] : Pick(random, models);
        var text = Text(random);
        var kills = kind == ScenarioKind.Wild && random.Next(12) == 0 ? (KillPoint)random.Next(1, 3) : KillPoint.None;
        return new SimulatedRun
        {
            Index = index,
            Kind = kind,
            Seed = random.Next(),
            FullText = tools ? "" : text,
            ToolArguments = tools ? JsonSerializer.Serialize(new { text }) : null,
            Kills = kills,
            KillsLeft = kills == KillPoint.None ? 0 : random.Next(1, 12),
            Submission = new Submission
            {
                Tenant = "t" + random.Next(2),
                Spec = Spec(random, kind, index, model, tools ? models[..1] : models),
                Inputs = new RunInputs(Input(index), RunInputs.None),
                ExtraHeaders = random.Next(2) == 0 ? Secret : None,
                IdempotencyKey = random.Next(4) == 0 ? null : $"key-{index}",
                RequestHash = $"hash-{index}",
            },
        };
    }

    private static RunSpec Spec(Random random, ScenarioKind kind, int index, string model, string[] models)
    {
        var wild = kind == ScenarioKind.Wild;
        var legs = random.Next(wild ? 3 : 2);
        return new RunSpec
        {
            Model = model,
            Metadata = JsonSerializer.SerializeToElement(new { run = index }),
            Fallback = legs == 0 ? null : new FallbackSpec { Models = [.. Enumerable.Range(0, legs).Select(_ => Pick(random, models))] },
            Retry = new RetrySpec
            {
                MaxAttempts = wild ? random.Next(1, 9) : 12,
                DelayMs = random.Next(10, 1000),
                MaxDelayMs = random.Next(1000, 10_000),
                Backoff = (Backoff)random.Next(1, 4),
            },
            Resume = wild && random.Next(8) == 0 ? random.Next(2) == 0 : null,
            OnResumeExpired = wild ? (StreamPolicy)random.Next(1, 5) : StreamPolicy.Error,
            OnStreamFailure = wild && random.Next(3) != 0 ? (StreamPolicy)random.Next(1, 5) : null,
            Timeouts = wild
                ? new TimeoutSpec { FirstEventMs = random.Next(500, 20_000), IdleMs = random.Next(500, 15_000), TotalMs = random.Next(2_000, 400_000) }
                : new TimeoutSpec { FirstEventMs = 60_000, IdleMs = random.Next(8_000, 20_000), TotalMs = 3_600_000 },
        };
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, random.Next(5) == 0 ? 400 : 60); i > 0; i--)
        {
            text.Append(Pick(random, Words));
        }

        return text.ToString();
    }

    private static byte[] Input(int index) =>
        JsonSerializer.SerializeToUtf8Bytes(new { messages = new[] { new { role = "user", content = $"Question {index}" } }, max_tokens = 999 });

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
