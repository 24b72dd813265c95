using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Readers;
using Orchestrator.Simulation.Tests.Clients;
using Orchestrator.Simulation.Tests.Runs;

namespace Orchestrator.Simulation.Tests.Checks;

/// <summary>What must be true once everything has come to rest.</summary>
internal sealed class FinalChecks(World world, IReadOnlyList<StreamClient> streams, IReadOnlyList<Meddler> meddlers)
{
    public async Task RunAsync()
    {
        foreach (var record in world.Ledger.Records)
        {
            new UpstreamChecks(world, record).Run();
            new EndChecks(world, record).Run();
            if (!record.IsDeleted)
            {
                await RereadAsync(record, 0);
                await RereadAsync(record, world.Random.Next((int)record.State.Seq));
                await CheckListedAsync(record);
            }
        }

        foreach (var run in world.Scenario.Runs)
        {
            // Deleting a run frees its key.
            var made = run.Ids.Count(id => !world.Ledger[id].IsDeleted);
            world.Check(made <= 1 || run.Submission.IdempotencyKey is null, $"run {run.Index} was made {made} times under one key");
        }

        foreach (var meddler in meddlers)
        {
            foreach (var view in meddler.Views)
            {
                new ViewChecks(world, world.Ledger[view.Id]).Run(view);
            }
        }

        foreach (var stream in streams)
        {
            new StreamChecks(world, stream).Run();
        }

        CheckPorts();
        CheckTurns();
    }

    /// <summary>The events from anywhere, read once more, are those that everybody saw.</summary>
    private async Task RereadAsync(RunRecord record, long after)
    {
        var opened = await (await world.Cluster.HostAsync()).CallAsync(
            runs => runs.OpenEventsAsync(record.State.Tenant, record.Id, after, CancellationToken.None).AsTask());
        if (opened is not OpenedReader.Opened { Reader: var reader })
        {
            world.Fail($"{record.Id}: events after {after} of {record.State.Seq} came to {opened}");
            return;
        }

        var seq = after;
        var last = "";
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            if (read.Kind != ReaderReadKind.Data)
            {
                world.Check(read.Kind == ReaderReadKind.End, $"{record.Id}: an ended run's events end with {read.Kind}");
                break;
            }

            foreach (var (number, text) in SseText.Events(read.Bytes.ToArray()))
            {
                world.Check(number == ++seq, $"{record.Id}: event {number} is where {seq} should be");
                if (after == 0 || record.Events.Count >= number)
                {
                    record.Seen(number, text);
                }

                last = text;
            }
        }

        reader.Dispose();
        world.Check(seq == record.State.Seq, $"{record.Id}: {seq} events were read, there are {record.State.Seq}");
        world.Check(SseText.IsTerminal(last), $"{record.Id}: the last event is {last}");
        world.Check(record.Events.Count(SseText.IsTerminal) == 1, $"{record.Id}: not exactly one terminal event");
    }

    private async Task CheckListedAsync(RunRecord record)
    {
        var view = await (await world.Cluster.HostAsync()).CallAsync(
            runs => runs.GetAsync(record.State.Tenant, record.Id, CancellationToken.None).AsTask());
        var row = world.Store.FindRow(record.Id)!;
        world.Check(view!.Status == record.State.Status && row.Status == view.Status, $"{record.Id}: the view is {view.Status}, the row {row.Status}");
        world.Check(row.EndedAt == view.EndedAt?.ToUnixTimeMilliseconds() && row.ErrorCode == view.Error?.Code && row.Seq == view.Seq, $"{record.Id}: the row is not the run's");
        var other = await (await world.Cluster.HostAsync()).CallAsync(runs => runs.GetAsync("another", record.Id, CancellationToken.None).AsTask());
        world.Check(other is null, $"{record.Id} is shown to another tenant");
    }

    /// <summary>No window has more requests than its number, where no host had to begin counting anew.</summary>
    private void CheckTurns()
    {
        var most = world.Scenario.WindowRequests;
        if (most == 0 || world.Cluster.EverLost)
        {
            return;
        }

        foreach (var model in world.Gateway.Calls.Where(static call => call.IsDispatch).GroupBy(static call => call.Model, StringComparer.Ordinal))
        {
            var times = model.Select(static call => call.Time).ToArray();
            for (var i = most; i < times.Length; i++)
            {
                world.Check(
                    times[i] - times[i - most] >= world.Scenario.WindowMs,
                    $"{model.Key}: {most + 1} requests within {times[i] - times[i - most]} ms, {most} are allowed in {world.Scenario.WindowMs}");
            }
        }
    }

    private void CheckPorts()
    {
        foreach (var violation in world.Store.Violations.Concat(world.Gateway.Violations))
        {
            world.Fail(violation);
        }

        world.Check(world.Scheduler.Escaped is null, $"code ran outside of the scheduler: {world.Scheduler.Escaped}");
        if (!world.Cluster.EverLost)
        {
            world.Check(world.Gateway.OpenConnections == 0, $"{world.Gateway.OpenConnections} connections are left open");
            world.Check(world.Store.OpenReads == 0, $"{world.Store.OpenReads} reads of the journal are left open");
        }
    }
}
