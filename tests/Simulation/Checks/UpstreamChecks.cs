using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Gateway;
using Orchestrator.Simulation.Tests.Runs;

namespace Orchestrator.Simulation.Tests.Checks;

/// <summary>What the journal has of the upstream: byte for byte, once, and as often dispatched as the attempt tree tells.</summary>
internal sealed class UpstreamChecks(World world, RunRecord record)
{
    public void Run()
    {
        CheckEvents();
        CheckDispatches();
    }

    private void CheckEvents()
    {
        var taken = new Dictionary<int, int>();
        foreach (var entry in record.Batches.SelectMany(Entries).Where(static entry => entry.Kind == EntryKind.UpstreamEvent))
        {
            var raw = EntryCodec.ReadUpstreamEvent(entry.Payload, out var number);
            var index = taken.GetValueOrDefault(number);
            taken[number] = index + 1;
            var generation = world.Gateway.Generations[record.State.Attempts[number - 1].GatewayLogId!["log-".Length..]];
            world.Check(
                index < generation.Count && generation.Event(index).Span.SequenceEqual(raw.Span),
                $"{record.Id}: event {index} of attempt {number} is not the gateway's");
        }
    }

    private void CheckDispatches()
    {
        var attempts = record.State.Attempts;
        var dispatches = world.Gateway.Dispatches(record.Id);
        world.Check(dispatches <= attempts.Count, $"{record.Id}: {dispatches} dispatches in {attempts.Count} attempts");
        foreach (var attempt in attempts.Take(attempts.Count - 1))
        {
            var code = attempt.Failure?.Error.Code;
            world.Check(code is not null, $"{record.Id}: attempt {attempt.Number} was followed by another, and did not fail");
            world.Check(
                code != RunErrorCodes.Interrupted || attempt.GatewayRunId is null,
                $"{record.Id}: attempt {attempt.Number} was interrupted although its gateway run id was known");
            world.Check(
                record.Run!.Kind == ScenarioKind.Wild || code == RunErrorCodes.Interrupted,
                $"{record.Id}: attempt {attempt.Number} failed with {code} though all could be mended: {attempt.Failure?.Error.Message}");
            world.Check(
                code is not (RunErrorCodes.StreamBroken or RunErrorCodes.FirstEventTimeout) || !IsWhole(attempt),
                $"{record.Id}: attempt {attempt.Number} was whole, and failed with {code}");
        }

        if (record.Run!.Kind == ScenarioKind.Calm)
        {
            world.Check(dispatches == 1, $"{record.Id}: {dispatches} dispatches though nothing broke");
        }
    }

    private bool IsWhole(AttemptState attempt) => attempt.FinishReason is not null && attempt.StreamError is null;

    private static List<EntryView> Entries(EntryBatch batch)
    {
        var entries = new List<EntryView>();
        foreach (var entry in batch)
        {
            entries.Add(entry);
        }

        return entries;
    }
}
