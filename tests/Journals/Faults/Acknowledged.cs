using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Tests.Kit;

namespace Orchestrator.Journals.Tests.Faults;

/// <summary>What a process was told is durable, to be compared with what another one finds.</summary>
internal sealed class Acknowledged
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TestRun, long> _last = [];
    private readonly HashSet<TestRun> _ended = [];
    private readonly HashSet<TestRun> _mayBeGone = [];
    private readonly HashSet<TestRun> _deleted = [];

    public void Acknowledge(TestRun run, long last)
    {
        lock (_gate)
        {
            _last[run] = last;
        }
    }

    public void End(TestRun run, long last)
    {
        lock (_gate)
        {
            _last[run] = last;
            _ended.Add(run);
        }
    }

    public void MayBeGone(TestRun run)
    {
        lock (_gate)
        {
            _mayBeGone.Add(run);
        }
    }

    public void Delete(TestRun run)
    {
        lock (_gate)
        {
            _deleted.Add(run);
        }
    }

    public async Task CheckAsync(JournalProcess process, IReadOnlyList<TestRun> runs)
    {
        // Wakes what is unfinished, as a service does that starts.
        var unfinished = await process.Journal.ListUnfinishedAsync();
        var writers = await Task.WhenAll(unfinished.Select(run => process.Journal.OpenAsync(run).AsTask()));
        foreach (var run in runs)
        {
            var row = await process.Journal.FindAsync(run.Id);
            var last = await run.ReadAsync(process);
            var acknowledged = _last.GetValueOrDefault(run);
            if (row is null)
            {
                Assert.True(acknowledged == 0 || _mayBeGone.Contains(run) || _deleted.Contains(run), $"{run.Id} is gone.");
                Assert.Equal(0, last);
                Assert.Null(await process.Journal.OpenAsync(run.Id));
                continue;
            }

            Assert.False(_deleted.Contains(run), $"{run.Id} was deleted and is there.");
            Assert.True(last >= acknowledged, $"{run.Id} ends at {last}, acknowledged was {acknowledged}.");
            Assert.True(last > 0, $"{run.Id} has a row and no entries.");
            Assert.Equal(row.Status.IsEnded(), !unfinished.Contains(run.Id) || !writers.Any(writer => writer?.Id == run.Id));
            if (_ended.Contains(run) && !_mayBeGone.Contains(run))
            {
                Assert.Equal(RunStatus.Completed, row.Status);
            }

            if (writers.FirstOrDefault(one => one?.Id == run.Id) is { } writer)
            {
                Assert.Equal(last, writer.LastNumber);
                await writer.AppendAsync(run.Next(writer));
                Assert.Equal(last + 1, await run.ReadAsync(process));
            }
        }
    }
}
