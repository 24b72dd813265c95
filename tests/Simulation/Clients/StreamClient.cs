using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;
using Orchestrator.Simulation.Tests.Checks;
using Orchestrator.Simulation.Tests.Hosts;

namespace Orchestrator.Simulation.Tests.Clients;

/// <summary>Reads the upstream's own bytes. What one connection gives must be those of one attempt, from the index asked for.</summary>
internal sealed class StreamClient(World world, RunRecord record, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Per connection: the index asked for, what came, and whether it was told to be all.</summary>
    public List<(int From, byte[] Bytes, bool Ended)> Connections { get; } = [];

    public RunRecord Record => record;

    public async Task RunAsync()
    {
        var ended = false;
        while (!ended && !record.IsDeleted)
        {
            var host = await world.Cluster.HostAsync();
            var from = _random.Next(2) == 0 || Connections.Count == 0 ? _random.Next(12) : Next();
            using var bytes = new MemoryStream();
            try
            {
                ended = await ConnectAsync(host, from, bytes);
            }
            catch (Exception exception) when (exception is HostGoneException or JournalUnavailableException)
            {
                // The connection broke.
            }

            if (!record.IsDeleted)
            {
                Connections.Add((from, bytes.ToArray(), ended));
            }

            await world.Delay(_random.Next(1, 3_000));
        }
    }

    private async Task<bool> ConnectAsync(Host host, int from, MemoryStream bytes)
    {
        var opened = await host.CallAsync(runs => runs.OpenStreamAsync(record.State.Tenant, record.Id, from, CancellationToken.None).AsTask());
        if (opened is not OpenedReader.Opened { Reader: var reader })
        {
            world.Check(record.IsDeleted, $"{record.Id}: a stream reader was told {opened}");
            return false;
        }

        while (true)
        {
            var kind = await host.CallAsync(async _ =>
            {
                var read = await reader.ReadAsync(CancellationToken.None);
                bytes.Write(read.Bytes.Span);
                if (read.Kind is ReaderReadKind.End or ReaderReadKind.Moved)
                {
                    reader.Dispose();
                }

                return read.Kind;
            });
            if (kind != ReaderReadKind.Data)
            {
                return kind == ReaderReadKind.End;
            }

            if (_random.Next(2) == 0)
            {
                await world.Delay(_random.Next(2_000));
            }
        }
    }

    /// <summary>After the last whole event.</summary>
    private int Next()
    {
        var (from, bytes, _) = Connections[^1];
        var count = 0;
        for (var i = 1; i < bytes.Length; i++)
        {
            count += bytes[i] == '\n' && bytes[i - 1] == '\n' ? 1 : 0;
        }

        return from + count;
    }
}
