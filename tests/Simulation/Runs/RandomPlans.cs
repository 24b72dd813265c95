using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Simulation.Tests.Runs;

/// <summary>Draws what becomes of a dispatch. Every model gives the run's one answer; where the input carries a part of it, the rest.</summary>
internal static class RandomPlans
{
    /// <summary>Of characters: fewer that are the same count as chance.</summary>
    private const int LeastOverlap = 12;

    public static DispatchPlan Draw(SimulatedRun run, GatewayDispatch dispatch)
    {
        var random = new Random(unchecked((run.Seed * 31) + run.Dispatched++));
        var (partial, userTurn) = Continued(dispatch.Input);
        var wild = run.Kind == ScenarioKind.Wild;
        var cloudflare = dispatch.Model.StartsWith("@cf/", StringComparison.Ordinal);
        var wire = cloudflare ? WireFormat.WorkersAi : dispatch.Model.StartsWith("anthropic/", StringComparison.Ordinal) ? WireFormat.Anthropic : WireFormat.OpenAi;
        if (wild && partial is not null && !userTurn && random.Next(3) == 0)
        {
            return new DispatchPlan { Refusal = FakeErrors.PrefillRefused, AnswerAfterMs = random.Next(100) };
        }

        if (wild && random.Next(4) == 0)
        {
            return new DispatchPlan { Refusal = Refusal(random), AnswerAfterMs = random.Next(300) };
        }

        var rest = Rest(run, partial);
        rest = userTurn ? SaidAgain(random, partial!, rest) + rest : rest;
        if ((wild || cloudflare) && random.Next(8) == 0 && run.ToolArguments is null)
        {
            return new DispatchPlan { Wire = wire, AnswerAfterMs = random.Next(500), Document = ("application/json", Document(wire, rest)) };
        }

        return Stream(run, random, wire, rest, resumable: !cloudflare && !(wild && random.Next(6) == 0));
    }

    private static string Rest(SimulatedRun run, string? partial)
    {
        if (partial is null)
        {
            return run.FullText;
        }

        return partial.Length > 0 && run.FullText.StartsWith(partial, StringComparison.Ordinal)
            ? run.FullText[partial.Length..]
            : throw new InvalidOperationException($"Run {run.Index} is to be continued from '{partial}', which is no part of its answer.");
    }

    /// <summary>
    /// What goes on says some of the partial answer's end again, or nothing. The texts repeat themselves: where that could be taken for more
    /// than it is, all of the partial answer is said again, which can not.
    /// </summary>
    private static string SaidAgain(Random random, string partial, string rest)
    {
        var start = random.Next(2) == 0 ? partial.Length : Math.Max(0, partial.Length - random.Next(LeastOverlap, 200));
        start -= start > 0 && start < partial.Length && char.IsLowSurrogate(partial[start]) ? 1 : 0;
        var again = partial[start..];
        return LongestOverlap(partial, again + rest) == again.Length ? again : partial.Length >= LeastOverlap ? partial : "";
    }

    private static int LongestOverlap(string partial, string text)
    {
        for (var length = Math.Min(partial.Length, text.Length); length >= LeastOverlap; length--)
        {
            if (partial.AsSpan().EndsWith(text.AsSpan(0, length)) && !string.IsNullOrWhiteSpace(text[..length]))
            {
                return length;
            }
        }

        return 0;
    }

    private static DispatchPlan Stream(SimulatedRun run, Random random, WireFormat wire, string rest, bool resumable)
    {
        var wild = run.Kind == ScenarioKind.Wild;
        var marker = random.Next(6) != 0;
        var usage = random.Next(2) == 0 ? 5 : (int?)null;
        var events = run.ToolArguments is { } arguments
            ? ChatScript.ToolCall(0, "call_1", "look_up", Pieces(random, arguments)).Concat(ChatScript.Render(wire, [], "tool_calls", marker, usage)).ToList()
            : ChatScript.Render(wire, Pieces(random, rest), "stop", marker, usage).ToList();
        var end = GenerationEnd.Clean;
        if (wild && random.Next(4) == 0)
        {
            end = Damage(random, wire, events);
        }

        var timed = events.Select(bytes => new TimedEvent(Gap(random, run), bytes)).ToList();
        var faults = new RandomFaults(run, random, wild && resumable && random.Next(6) == 0 ? random.Next(-3, 2) : 0);
        return new DispatchPlan
        {
            Wire = wire,
            Resumable = resumable,
            Events = timed,
            End = end,
            AnswerAfterMs = random.Next(3) == 0 ? random.Next(wild ? 20_000 : 2_000) : 0,
            Connection = run.Kind == ScenarioKind.Calm ? Packets(random) : faults.First(timed.Count),
            Resume = faults.Resume,
            BufferTtl = TimeSpan.FromSeconds(!wild ? 10_000 : random.Next(3) == 0 ? random.Next(20) : 330),
        };
    }

    /// <summary>What the generation itself comes to, for good.</summary>
    private static GenerationEnd Damage(Random random, WireFormat wire, List<byte[]> events)
    {
        var at = random.Next(events.Count + 1);
        switch (random.Next(4))
        {
            case 0:
                events.RemoveRange(at, events.Count - at);
                events.Add(ChatScript.Error(wire, random.Next(2) == 0 ? "overloaded_error" : "invalid_request_error", "no more"));
                return GenerationEnd.Clean;
            case 1:
                events.RemoveRange(at, events.Count - at);
                return GenerationEnd.Clean;
            case 2:
                events.RemoveRange(at, events.Count - at);
                return GenerationEnd.Frozen;
            default:
                events.Insert(at, ChatScript.Malformed());
                return GenerationEnd.Clean;
        }
    }

    private static ConnectionPlan Packets(Random random) => new() { PacketEvents = random.Next(2) == 0 ? 1 : 20 };

    private static int Gap(Random random, SimulatedRun run) => random.Next(10) switch
    {
        < 6 => 0,
        < 9 => random.Next(300),
        _ => random.Next(run.Kind == ScenarioKind.Wild ? 6_000 : 3_000),
    };

    private static GatewayError Refusal(Random random) => random.Next(6) switch
    {
        0 => FakeErrors.Connection,
        1 => FakeErrors.RateLimit(random.Next(2) == 0 ? null : random.Next(40_000)),
        2 => FakeErrors.NoModel,
        3 => new GatewayError { Code = ErrorCodes.Auth, Message = "no", Status = 401 },
        _ => FakeErrors.Provider(),
    };

    private static IEnumerable<string> Pieces(Random random, string text)
    {
        var runes = text.EnumerateRunes().Select(static rune => rune.ToString()).ToArray();
        var size = random.Next(1, 9);
        for (var i = 0; i < runes.Length;)
        {
            var take = Math.Min(runes.Length - i, random.Next(1, size + 1));
            yield return string.Concat(runes.AsSpan(i, take));
            i += take;
        }
    }

    private static byte[] Document(WireFormat wire, string text) => wire == WireFormat.Anthropic
        ? JsonSerializer.SerializeToUtf8Bytes(new { content = new[] { new { type = "text", text } }, stop_reason = "end_turn" })
        : JsonSerializer.SerializeToUtf8Bytes(new { choices = new[] { new { message = new { content = text }, finish_reason = "stop" } } });

    /// <summary>The partial answer that the input carries, and whether a user's turn asks to go on from it.</summary>
    private static (string? Partial, bool UserTurn) Continued(ReadOnlyMemory<byte> input)
    {
        using var document = JsonDocument.Parse(input);
        var messages = document.RootElement.GetProperty("messages").EnumerateArray().ToArray();
        var partial = Array.FindLast(messages, static message => message.GetProperty("role").ValueEquals("assistant"));
        return partial.ValueKind == JsonValueKind.Undefined
            ? (null, false)
            : (partial.GetProperty("content").GetString(), messages[^1].GetProperty("role").ValueEquals("user"));
    }
}
