using System.Buffers;
using System.Diagnostics;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Bench.Journals;

/// <summary>Appends to one run. Batches of the same size share their bytes: it is the journal that is measured.</summary>
internal sealed class RunAppender(IRunWriter writer, int eventBytes, JournalTally tally)
{
    private readonly ReadOnlySequence<byte> _event = new(new byte[eventBytes]);
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _batches = [];
    private readonly Lock _gate = new();
    private int _due;
    private bool _appending;

    /// <summary>Appends batches one after the other.</summary>
    public async Task RunAsync(int events, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await AppendAsync(events);
        }
    }

    /// <summary>An event is due: it is appended now, or with those that fall due until the append before it is durable.</summary>
    public void OnDue()
    {
        lock (_gate)
        {
            _due++;
            if (_appending)
            {
                return;
            }

            _appending = true;
        }

        Appending = AppendDueAsync();
    }

    public Task Appending { get; private set; } = Task.CompletedTask;

    private async Task AppendDueAsync()
    {
        while (true)
        {
            int events;
            lock (_gate)
            {
                events = _due;
                _due = 0;
                _appending = events > 0;
                if (!_appending)
                {
                    return;
                }
            }

            await AppendAsync(events);
        }
    }

    private async Task AppendAsync(int events)
    {
        EntryBatch batch = new(writer.LastNumber + 1, events, baseTime: 0, BytesOf(events));
        var calledAt = Stopwatch.GetTimestamp();
        await writer.AppendAsync(batch);
        tally.OnAppended(events, calledAt);
    }

    private ReadOnlyMemory<byte> BytesOf(int events)
    {
        if (!_batches.TryGetValue(events, out var bytes))
        {
            EntryBatchBuilder builder = new();
            for (var i = 0; i < events; i++)
            {
                builder.AddUpstreamEvent(0, 1, _event);
            }

            _batches[events] = bytes = builder.Build(1).Data;
        }

        return bytes;
    }
}
