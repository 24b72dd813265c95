using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;

namespace Orchestrator.FailOver.Tests.Kit;

/// <summary>The two ends that a run may come to: a complete answer, or a named error.</summary>
internal static class Expect
{
    public static RunSpec Legs(string first, params string[] next) => new() { Model = first, Fallback = new FallbackSpec { Models = next } };

    /// <summary>How the emulator counts a model of an upstream of one's own: it plays it by a provider's endpoint.</summary>
    public static string AtUpstream(string model) =>
        model.Replace("local/", "mistral/", StringComparison.Ordinal).Replace("claude/", "anthropic/", StringComparison.Ordinal);

    public static void Complete(RunView run, string text)
    {
        Assert.True(run.Status == RunStatus.Completed, $"{run.Status}: {run.Error}");
        Assert.Equal((false, null), (run.Incomplete, run.IncompleteReason));
        Assert.Null(run.Error);
        Assert.NotEmpty(text);
        Assert.Equal(text, run.Output.Text);
    }

    public static void Failed(RunView run, string code)
    {
        Assert.Equal((RunStatus.Failed, code), (run.Status, run.Error?.Code));
        Assert.NotEmpty(run.Error!.Message);
        Assert.Null(run.FinishReason);
    }

    /// <param name="run">Ended.</param>
    /// <param name="codes">Each attempt's error in their order; null for the one that served.</param>
    public static void Attempts(RunView run, params string?[] codes) =>
        Assert.Equal(codes, run.Attempts.Select(static attempt => attempt.Error?.Code), StringComparer.Ordinal);

    /// <summary>The events since the last reset tell the same answer as the run itself.</summary>
    public static void Told(FollowedRun run, RunView view)
    {
        var reset = run.Events.Index().LastOrDefault(static one => one.Item.Type == "output.reset").Index;
        Assert.Equal(view.Output.Text, string.Concat(run.Events.Skip(reset)
            .Where(static one => one.Type == "output.delta").Select(static one => one.Data.GetProperty("text").GetString())));
    }

    /// <summary>The beginning of the answer, and not all of it.</summary>
    public static void Fragment(string whole, string text)
    {
        Assert.NotEmpty(text);
        Assert.StartsWith(text, whole, StringComparison.Ordinal);
        Assert.True(text.Length < whole.Length, "It is the whole answer.");
    }

    public static string Continuation(AttemptReport attempt) => attempt.Continuation switch
    {
        Engine.Entries.Continuation.Prefill => "prefill",
        Engine.Entries.Continuation.UserTurn => "user-turn",
        _ => "none",
    };
}
