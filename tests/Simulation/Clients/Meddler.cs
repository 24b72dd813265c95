using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Simulation.Tests.Checks;
using Orchestrator.Simulation.Tests.Hosts;

namespace Orchestrator.Simulation.Tests.Clients;

/// <summary>Calls about one run that come when they come: views, repeated submissions, cancels, deletes.</summary>
internal sealed class Meddler(World world, RunRecord record, int seed)
{
    private readonly Random _random = new(seed);

    public List<RunView> Views { get; } = [];

    public async Task LookAsync()
    {
        for (var i = _random.Next(4); i > 0 && !record.IsDeleted; i--)
        {
            await world.Delay(_random.Next(15_000));
            var view = await TryAsync(runs => runs.GetAsync(record.State.Tenant, record.Id, CancellationToken.None));
            if (view is not null)
            {
                Views.Add(view);
            }
        }
    }

    public async Task ResubmitAsync()
    {
        var submission = record.Run!.Submission;
        if (submission.IdempotencyKey is null)
        {
            return;
        }

        await world.Delay(_random.Next(20_000));
        var again = await TryAsync(runs => runs.SubmitAsync(submission, CancellationToken.None));
        world.Check(
            again is null or SubmitOutcome.Stopping || again is SubmitOutcome.Repeated { Run.Id: var same } && same == record.Id,
            $"{record.Id}: its submission again came to {again}");
        var other = await TryAsync(runs => runs.SubmitAsync(submission with { RequestHash = "other" }, CancellationToken.None));
        world.Check(
            other is null or SubmitOutcome.Stopping || other is SubmitOutcome.KeyConflict { Run: var taken } && taken == record.Id,
            $"{record.Id}: another submission under its key came to {other}");
    }

    public async Task CancelAsync()
    {
        await world.Delay(_random.Next(20_000));
        while (record.State.End is null)
        {
            var host = await world.Cluster.HostAsync();
            try
            {
                var view = await host.CallAsync(async runs =>
                {
                    world.Trace($"{record.Id} is cancelled at {host.Name}");
                    host.Cancelled(record.Id);
                    return await runs.CancelAsync(record.State.Tenant, record.Id, CancellationToken.None);
                });
                world.Check(view is not null || record.IsDeleted, $"{record.Id}: there is no such run to cancel");
                if (view?.Status.IsEnded() == true)
                {
                    world.Check(record.State.End is not null, $"{record.Id}: told to be {view.Status} before that was durable");
                    return;
                }
            }
            catch (Exception exception) when (exception is HostGoneException or JournalUnavailableException)
            {
                // Again, at the next host.
            }

            await world.Delay(_random.Next(1, 1_000));
        }
    }

    /// <summary>Once it has ended.</summary>
    public async Task DeleteAsync()
    {
        while (!record.IsDeleted)
        {
            await TryAsync(runs => runs.WaitForEndAsync(record.State.Tenant, record.Id, TimeSpan.FromSeconds(30), CancellationToken.None));
            await world.Delay(_random.Next(1, 10_000));
            if (record.State.End is null)
            {
                continue;
            }

            record.IsDeleted = true;
            var outcome = await TryAsync(runs => runs.DeleteAsync(record.State.Tenant, record.Id, CancellationToken.None));
            if (outcome == DeleteOutcome.Deleted)
            {
                await CheckGoneAsync();
                return;
            }
        }
    }

    /// <summary>
    /// Nobody finds it any more. A host that has lost it to another, and has not noticed yet, answers as if it were still its own: what it sends
    /// is what everybody saw, breaks off before the terminal event, and never ends in order. It does notice.
    /// </summary>
    private async Task CheckGoneAsync()
    {
        var host = await world.Cluster.HostAsync();
        try
        {
            while (await OpenGoneAsync(host) is { } reader)
            {
                world.Trace($"{record.Id} is deleted, and {host.Name} does not know yet");
                world.Check(host.Runs.ActiveCount > 0, $"{record.Id}: deleted, and {host.Name}, which works on no run, has a reader of it");
                while (await ReadGoneAsync(host, reader))
                {
                }

                await world.Delay(_random.Next(1, 1_000));
            }
        }
        catch (Exception exception) when (exception is HostGoneException or JournalUnavailableException)
        {
            // The connection broke.
        }
    }

    private async Task<IRunReader?> OpenGoneAsync(Host host)
    {
        var opened = await host.CallAsync(runs => runs.OpenEventsAsync(record.State.Tenant, record.Id, 0, CancellationToken.None).AsTask());
        world.Check(opened is OpenedReader.NotFound or OpenedReader.Opened, $"{record.Id}: deleted, and a reader is told {opened}");
        return (opened as OpenedReader.Opened)?.Reader;
    }

    /// <returns>False where it has broken off.</returns>
    private Task<bool> ReadGoneAsync(Host host, IRunReader reader) => host.CallAsync(async _ =>
    {
        var read = await reader.ReadAsync(CancellationToken.None);
        foreach (var (seq, text) in SseText.Events(read.Kind == ReaderReadKind.Data ? read.Bytes.ToArray() : []))
        {
            world.Check(!SseText.IsTerminal(text), $"{record.Id}: deleted, and a reader is told {text}");
            record.Seen(seq, text);
        }

        world.Check(read.Kind != ReaderReadKind.End, $"{record.Id}: deleted, and a reader is told its end");
        if (read.Kind is ReaderReadKind.Data or ReaderReadKind.Quiet)
        {
            return true;
        }

        reader.Dispose();
        return false;
    });

    /// <summary>The default where nobody answers.</summary>
    private async Task<T?> TryAsync<T>(Func<EmbeddedRuns, ValueTask<T>> call)
    {
        var host = await world.Cluster.HostAsync();
        try
        {
            return await host.CallAsync(runs => call(runs).AsTask());
        }
        catch (Exception exception) when (exception is HostGoneException or JournalUnavailableException)
        {
            return default;
        }
    }
}
