using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Tests.Kit;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Journals.Tests.Postgres;

/// <summary>A server that is killed under its writers.</summary>
public sealed class PostgresDeaths
{
    private const int Runs = 20;
    private const int Kills = 3;

    [Fact]
    public async Task What_was_acknowledged_survives_kills_of_the_server_in_the_middle_of_commits()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var server = await PostgresServer.StartAsync();
        await using var site = new PostgresSite(server);
        var process = await site.StartAsync(new JournalOptions { SegmentBytes = 100_000, ChunkBytes = 10_000 });
        var runs = Enumerable.Range(0, Runs).Select(_ => new TestRun()).ToList();
        var writers = await Task.WhenAll(runs.Select(run => run.CreateAsync(process)));
        var failures = 0;
        using var stop = new CancellationTokenSource();
        var appending = Task.WhenAll(runs.Zip(writers).Select(pair => Task.Run(() => AppendAsync(pair.First, pair.Second))));
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = writers.Sum(writer => writer.LastNumber);
            var failed = Volatile.Read(ref failures);
            await process.UntilAsync(() => writers.Sum(writer => writer.LastNumber) > before + 500);
            await server.KillAsync();
            await process.UntilAsync(() => Volatile.Read(ref failures) > failed);
            await server.LaunchAsync();
        }

        var last = writers.Sum(writer => writer.LastNumber);
        await process.UntilAsync(() => writers.Sum(writer => writer.LastNumber) > last + 500);
        await stop.CancelAsync();
        await appending;
        var other = await site.StartAsync();
        foreach (var (run, writer) in runs.Zip(writers))
        {
            Assert.Equal(writer.LastNumber, await run.ReadAsync(process));
            Assert.Equal(writer.LastNumber, await run.ReadAsync(other));
        }

        process.Crash();
        await Task.WhenAll(runs.Zip(writers).Select(async pair =>
            Assert.Equal(pair.Second.LastNumber, (await other.OpenAsync(pair.First.Id)).LastNumber)));

        async Task AppendAsync(TestRun run, IRunWriter writer)
        {
            while (!stop.IsCancellationRequested)
            {
                var batch = run.Next(writer, 2);
                while (true)
                {
                    try
                    {
                        await writer.AppendAsync(batch);
                        break;
                    }
                    catch (JournalUnavailableException)
                    {
                        Interlocked.Increment(ref failures);
                        await Task.Delay(5);
                    }
                }
            }
        }
    }
}
