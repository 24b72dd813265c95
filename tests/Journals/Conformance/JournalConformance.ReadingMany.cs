using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Conformance;

public abstract partial class JournalConformance
{
    [Fact]
    public async Task Many_runs_are_read_whole_whether_in_the_log_in_files_or_in_both()
    {
        var dead = await Site.StartAsync(SmallSegments);
        var runs = Enumerable.Range(0, 8).Select(_ => new TestRun()).ToList();
        var writers = await Task.WhenAll(runs.Select(run => run.CreateAsync(dead)));
        var dropped = dead.NextGate("after DropSegmentAsync");
        for (var i = 0; i < 30; i++)
        {
            await Task.WhenAll(runs.Zip(writers).Skip(i / 5).Select(pair => pair.Second.AppendAsync(pair.First.Next(pair.Second, 2)).AsTask()));
        }

        await dropped;
        dead.Crash();

        // Some were with another writer in between, whose log comes before or after the first one's.
        var between = await Site.StartAsync(SmallSegments);
        foreach (var run in runs.Take(3))
        {
            var writer = await between.OpenAsync(run.Id);
            await writer.AppendAsync(run.Next(writer, 3));
        }

        between.Crash();
        var process = await Site.StartAsync();
        var opened = await Task.WhenAll(runs.Select(run => process.OpenAsync(run.Id)));
        var unknown = new TestRun();
        var last = runs.Append(unknown).ToDictionary(run => run.Id, _ => 0L);
        await foreach (var (run, batch) in process.Journal.ReadManyAsync(last.ToDictionary(pair => pair.Key, _ => 1L)))
        {
            Assert.Equal(last[run] + 1, batch.FirstNumber);
            last[run] = batch.LastNumber;
            foreach (var entry in batch)
            {
                runs.Single(one => one.Id == run).Check(entry);
            }
        }

        Assert.Equal(opened.Select(writer => writer.LastNumber), runs.Select(run => last[run.Id]));
        Assert.Equal(0, last[unknown.Id]);
        Assert.All(last.Keys.Except([unknown.Id]), run => Assert.True(last[run] > 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_runs_are_read_from_where_each_is_wanted_by_their_owner_and_by_others(bool byOwner)
    {
        var owner = await Site.StartAsync();
        var process = byOwner ? owner : await Site.StartAsync();
        var runs = Enumerable.Range(0, 3).Select(_ => new TestRun()).ToList();
        var writers = await Task.WhenAll(runs.Select(run => run.CreateAsync(owner)));
        for (var i = 0; i < 10; i++)
        {
            await Task.WhenAll(runs.Zip(writers).Select(pair => pair.Second.AppendAsync(pair.First.Next(pair.Second, 2)).AsTask()));
        }

        var from = runs.Zip([1L, writers[1].LastNumber - 3, writers[2].LastNumber + 1]).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        var next = from.ToDictionary();
        await foreach (var (run, batch) in process.Journal.ReadManyAsync(from))
        {
            Assert.InRange(next[run], batch.FirstNumber, batch.LastNumber);
            next[run] = batch.LastNumber + 1;
        }

        Assert.Equal(writers.Select(writer => writer.LastNumber + 1), runs.Select(run => next[run.Id]));
    }
}
