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
        await foreach (var (run, batch) in process.Journal.ReadManyAsync(last.Keys))
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
}
