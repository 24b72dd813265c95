using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;
using Orchestrator.Simulation.Tests.Checks;
using Orchestrator.Simulation.Tests.Hosts;

namespace Orchestrator.Simulation.Tests.Clients;

/// <summary>Reads a run's events to the terminal one, with a cursor, over as many connections as it takes.</summary>
internal sealed class ReaderClient(World world, RunRecord record, int seed)
{
    private readonly Random _random = new(seed);
    private readonly bool _slow = seed % 3 == 0;
    private readonly bool _restless = seed % 2 == 0;
    private long _cursor;
    private bool _done;

    /// <summary>What an earlier connection still brings, from a host that was taken for dead, goes to nobody.</summary>
    private int _connection;

    public async Task RunAsync()
    {
        while (!_done && !record.IsDeleted)
        {
            var host = await world.Cluster.HostAsync();
            try
            {
                await ConnectAsync(host);
            }
            catch (Exception exception) when (exception is HostGoneException or JournalUnavailableException or OperationCanceledException)
            {
                // The connection broke, or was given up.
            }

            await world.Delay(_random.Next(1, 1_000));
        }
    }

    private async Task ConnectAsync(Host host)
    {
        var opened = await host.CallAsync(runs => runs.OpenEventsAsync(record.State.Tenant, record.Id, _cursor, CancellationToken.None).AsTask());
        if (opened is not OpenedReader.Opened { Reader: var reader })
        {
            world.Check(record.IsDeleted || (opened is OpenedReader.NothingLeft && _done), $"{record.Id}: a reader at {_cursor} was told {opened}");
            return;
        }

        world.Trace($"{record.Id} reader {seed} connects after {_cursor} at {host.Name}");
        var connection = ++_connection;
        using var source = new CancellationTokenSource();
        if (_restless)
        {
            world.Clock.After(TimeSpan.FromMilliseconds(_random.Next(20_000)), () => world.Outside.Post(_ => Cancel(source), null));
        }

        try
        {
            while (!_done && await ReadAsync(host, reader, connection, source.Token))
            {
                if (_slow)
                {
                    await world.Delay(_random.Next(3_000));
                }
            }
        }
        finally
        {
            _connection++;
            if (!host.IsGone)
            {
                await host.CallAsync(_ =>
                {
                    reader.Dispose();
                    return Task.FromResult(true);
                });
            }
        }
    }

    private Task<bool> ReadAsync(Host host, IRunReader reader, int connection, CancellationToken cancellationToken) => host.CallAsync(async _ =>
    {
        var read = await reader.ReadAsync(cancellationToken);
        world.Trace($"{record.Id} reader {seed} {read.Kind} {read.Bytes.Length}");
        switch (read.Kind)
        {
            case var _ when connection != _connection:
                return false;
            case ReaderReadKind.Data:
                Take(read.Bytes.ToArray());
                return true;
            case ReaderReadKind.End:
                world.Check(_done, $"{record.Id}: a reader's stream ended at {_cursor}, without a terminal event");
                return false;
            default:
                return read.Kind == ReaderReadKind.Quiet;
        }
    });

    private void Take(byte[] bytes)
    {
        foreach (var (seq, text) in SseText.Events(bytes))
        {
            world.Check(seq == _cursor + 1, $"{record.Id}: a reader at {_cursor} got {seq}");
            world.Check(!_done, $"{record.Id}: event {seq} came after the terminal one");
            record.Seen(seq, text);
            _cursor = seq;
            _done |= SseText.IsTerminal(text);
            if (_restless && _random.Next(30) == 0)
            {
                throw new OperationCanceledException("the client lost its connection in the middle");
            }
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It left before.
        }
    }
}
