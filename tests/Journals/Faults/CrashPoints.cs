using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

/// <summary>
/// Lets a process crash at every gate of its storage in turn, through a commit, a takeover, a compaction and a deletion; after each, another
/// process must find what was acknowledged, nothing that contradicts it, and a storage it can go on with.
/// </summary>
public abstract class CrashPoints
{
    private static readonly JournalOptions Small = new() { SegmentBytes = 700, ChunkBytes = 300, GatherDelay = TimeSpan.Zero };

    [Fact]
    public Task While_committing() => AtEveryGateAsync(
        prepare: _ => Task.FromResult(new TestRun[] { new(), new() }),
        work: async (process, runs, seen) =>
        {
            var writers = new List<IRunWriter>();
            foreach (var run in runs)
            {
                writers.Add(await run.CreateAsync(process, key: $"key of {run.Id}"));
                seen.Acknowledge(run, 1);
            }

            await Task.WhenAll(runs.Zip(writers).Select(async pair =>
            {
                await pair.Second.AppendAsync(pair.First.Next(pair.Second, 2));
                seen.Acknowledge(pair.First, 3);
            }));
            await runs[0].EndAsync(writers[0]);
            seen.End(runs[0], 4);
            await writers[1].ReleaseAsync();
        });

    [Fact]
    public Task While_taking_over() => AtEveryGateAsync(
        prepare: async site =>
        {
            var dead = await site.StartAsync();
            var runs = new TestRun[] { new(), new(), new() };
            foreach (var run in runs)
            {
                await run.CreateAsync(dead, entries: 2);
            }

            dead.Crash();
            return runs;
        },
        work: async (process, runs, seen) =>
        {
            foreach (var run in runs)
            {
                seen.Acknowledge(run, 2);
            }

            await Task.WhenAll(runs.Select(async run =>
            {
                var writer = await process.OpenAsync(run.Id);
                await writer.AppendAsync(run.Next(writer));
                seen.Acknowledge(run, 3);
            }));
        });

    [Fact]
    public Task While_compacting() => AtEveryGateAsync(
        prepare: _ => Task.FromResult(new TestRun[] { new(), new() }),
        work: async (process, runs, seen) =>
        {
            var dropped = 0;
            process.Storage.Passed = gate => dropped += gate == "after DropSegmentAsync" ? 1 : 0;
            var writers = await Task.WhenAll(runs.Select(run => run.CreateAsync(process)));
            while (Volatile.Read(ref dropped) < 3)
            {
                for (var i = 0; i < runs.Length; i++)
                {
                    await writers[i].AppendAsync(runs[i].Next(writers[i]));
                    seen.Acknowledge(runs[i], writers[i].LastNumber);
                }
            }
        });

    [Fact]
    public Task While_deleting() => AtEveryGateAsync(
        prepare: async site =>
        {
            var before = await site.StartAsync(Small);
            var runs = new TestRun[] { new(), new(), new() };
            foreach (var run in runs[..2])
            {
                var writer = await run.CreateAsync(before, entries: 30, key: $"key of {run.Id}");
                await run.EndAsync(writer);
            }

            await before.DisposeAsync();
            return runs;
        },
        work: async (process, runs, seen) =>
        {
            seen.End(runs[1], 31);
            seen.MayBeGone(runs[0]);
            Assert.True(await process.Journal.DeleteAsync(runs[0].Id));
            seen.Delete(runs[0]);
            await runs[2].CreateAsync(process, key: $"key of {runs[0].Id}");
            seen.Acknowledge(runs[2], 1);
        });

    /// <summary>Every how many gates; the storage in memory takes each.</summary>
    private protected virtual int Stride => 1;

    private protected abstract Task<JournalSite> CreateSiteAsync();

    private async Task AtEveryGateAsync(
        Func<JournalSite, Task<TestRun[]>> prepare, Func<JournalProcess, TestRun[], Acknowledged, Task> work)
    {
        var gate = 0;
        for (var crashed = true; crashed; gate += Stride)
        {
            await using var site = await CreateSiteAsync();
            var runs = await prepare(site);
            var seen = new Acknowledged();
            var process = await site.StartAsync(Small);
            process.Storage.CrashAt(gate);
            var working = work(process, runs, seen);
            crashed = await Task.WhenAny(working, process.Storage.Crashed) != working;
            if (!crashed)
            {
                await working;
            }

            process.Crash();
            await seen.CheckAsync(await site.StartAsync(Small), runs);

            // And once more, as a process that only recovered may crash too.
            await seen.CheckAsync(await site.StartAsync(Small), runs);
        }

        Assert.True(gate > 5, $"There were only {gate} gates.");
    }
}
