using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Simulation.Tests.Runs;

namespace Orchestrator.Simulation.Tests.Checks;

/// <summary>How the run ended: in time, for a reason, and never as a success that is none.</summary>
internal sealed class EndChecks(World world, RunRecord record)
{
    /// <summary>Beyond the total time: journal latencies, and one more wait for a journal that refuses.</summary>
    private const long SlackMs = 3_000;

    public void Run()
    {
        var end = record.State.End!;
        var run = record.Run!;
        world.Trace($"{record.Id} ended {end.Status} {end.Error?.Code} {end.IncompleteReason} after {record.State.Attempts.Count} attempts");
        CheckTime();
        CheckPoison(end);
        if (run.Kind != ScenarioKind.Wild)
        {
            world.Check(
                end is { Status: RunStatus.Completed, Incomplete: false }, $"{record.Id} ended {end.Status} ({end.Error?.Code}: {end.Error?.Message}) though all could be mended");
        }

        if (end.Status == RunStatus.Completed)
        {
            CheckAnswer(end, run);
        }

        world.Check(
            end.Status != RunStatus.Failed || end.Error is not null, $"{record.Id} failed without an error");
    }

    private void CheckTime()
    {
        var total = record.State.CreatedAt + record.State.Spec.Timeouts.TotalMs;
        var due = Math.Max(Math.Max(total, record.DurableAt), world.Cluster.CalmSince);
        world.Check(
            record.State.EndedAt <= due + SlackMs, $"{record.Id} ended {record.State.EndedAt - due} ms after its total time");
    }

    private void CheckPoison(RunEnded end)
    {
        var losses = 0;
        var most = 0;
        foreach (var entry in record.Batches.SelectMany(static batch => Enumerate(batch)))
        {
            losses = entry.Kind switch
            {
                EntryKind.UpstreamEvent or EntryKind.AttemptResult => 0,
                EntryKind.AttemptDetached when EntryCodec.ReadAttemptDetached(entry.Payload).Reason == DetachReasons.HostLost => losses + 1,
                EntryKind.AttemptFailed when EntryCodec.ReadAttemptFailed(entry.Payload).HostLost => losses + 1,
                _ => losses,
            };
            most = Math.Max(most, losses);
        }

        world.Check(most <= RunDecisions.PoisonBound, $"{record.Id} was lost {most} times in a row and tried again");
        var poisoned = end.Error?.Code == RunErrorCodes.Poisoned;
        world.Check(!poisoned || world.Cluster.Losses >= RunDecisions.PoisonBound, $"{record.Id} is called poisoned after {world.Cluster.Losses} losses of hosts");
    }

    private void CheckAnswer(RunEnded end, SimulatedRun run)
    {
        var reader = new AnswerReader();
        record.Batches.ForEach(batch => reader.Apply(batch));
        var answer = reader.ToAnswer();
        if (end.Incomplete)
        {
            world.Check(run.FullText.StartsWith(answer.Text, StringComparison.Ordinal), $"{record.Id}: the partial answer is no beginning of the answer: {answer.Text}");
            return;
        }

        world.Check(answer.Text == run.FullText, $"{record.Id} completed with\n{answer.Text}\ninstead of\n{run.FullText}");
        if (run.ToolArguments is { } arguments)
        {
            world.Check(
                answer.ToolCalls is [{ Name: "look_up" } call] && call.Arguments == arguments, $"{record.Id} completed with {answer.ToolCalls.Count} tool calls");
        }
    }

    private static List<EntryView> Enumerate(EntryBatch batch)
    {
        var entries = new List<EntryView>();
        foreach (var entry in batch)
        {
            entries.Add(entry);
        }

        return entries;
    }
}
