using System.Buffers;
using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>A run whose entries can be told by their numbers, so that a test sees a wrong, missing or doubled one.</summary>
internal sealed class TestRun
{
    private static int _created;

    public TestRun()
    {
        // Ids rise in the order of creation, so that lists are predictable.
        var number = Interlocked.Increment(ref _created);
        Id = RunId.Create(DateTimeOffset.UnixEpoch.AddMilliseconds(number), new Random(number));
        Summary = new RunSummary { Id = Id, Tenant = "", Status = RunStatus.Queued, Model = "m/one", Task = "text-generation", CreatedAt = number };
    }

    public RunId Id { get; }

    public RunSummary Summary { get; set; }

    public RunSummary Ended => Summary with { Status = RunStatus.Completed, EndedAt = Summary.CreatedAt + 1 };

    /// <summary>Makes the run with so many entries in its first batch.</summary>
    public async Task<IRunWriter> CreateAsync(JournalProcess process, int entries = 1, string? key = null) =>
        Assert.IsType<CreateOutcome.Created>(await process.Journal.CreateAsync(new NewRun(Summary, key, key is null ? null : "hash"), Batch(1, entries))).Writer;

    /// <summary>Entries that follow the writer's last one.</summary>
    public EntryBatch Next(IRunWriter writer, int count = 1) => Batch(writer.LastNumber + 1, count);

    public EntryBatch Batch(long first, int count, Checkpoint? checkpoint = null, int padding = 0)
    {
        var builder = new EntryBatchBuilder();
        for (var number = first; number < first + count; number++)
        {
            builder.AddUpstreamEvent(1_700_000_000_000 + number, 1, new ReadOnlySequence<byte>(Payload(number, padding)));
        }

        return builder.Build(first, checkpoint);
    }

    public byte[] Payload(long number, int padding = 0) => Encoding.UTF8.GetBytes($"{Id}:{number};" + new string('x', padding));

    public Task EndAsync(IRunWriter writer) => writer.AppendAsync(Next(writer), Ended).AsTask();

    /// <summary>Reads the run from a number on and checks each entry. Answers the number of the last one; one less than <paramref name="from"/> where there is none.</summary>
    public async Task<long> ReadAsync(JournalProcess process, long from = 1)
    {
        var next = from;
        await foreach (var batch in process.Journal.ReadAsync(Id, from))
        {
            Assert.True(batch.FirstNumber == next || (next == from && batch.FirstNumber <= from && batch.LastNumber >= from), $"{batch.FirstNumber} instead of {next}");
            foreach (var entry in batch)
            {
                Check(entry);
            }

            next = batch.LastNumber + 1;
        }

        return next - 1;
    }

    public void Check(in EntryView entry)
    {
        var payload = Encoding.UTF8.GetString(entry.Payload.Span[1..]);
        Assert.StartsWith($"{Id}:{entry.Number};", payload, StringComparison.Ordinal);
        Assert.Equal(1_700_000_000_000 + entry.Number, entry.Time);
    }
}
