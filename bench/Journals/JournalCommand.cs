using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals;
using Orchestrator.Journals.Sqlite;

namespace Orchestrator.Bench.Journals;

/// <summary>The child process that has nothing but a journal in it: a specification on standard input, the report on standard output.</summary>
internal static class JournalCommand
{
    public const string Name = "append";

    public static async Task<int> RunAsync()
    {
        var line = await Console.In.ReadLineAsync() ?? throw new InvalidDataException("No specification on standard input.");
        var spec = JsonSerializer.Deserialize(line, JournalJson.Default.JournalSpec)!;
        JournalReport report;
        await using (var journal = await SqliteJournal.OpenAsync(
            new SqliteJournalOptions { Directory = spec.Directory }, TimeProvider.System, NullLogger<RunJournal>.Instance))
        {
            report = await MeasureAsync(spec, journal);
        }

        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, JournalJson.Default.JournalReport));
        return 0;
    }

    private static async Task<JournalReport> MeasureAsync(JournalSpec spec, RunJournal journal)
    {
        JournalTally tally = new();
        List<RunAppender> appenders = [];
        Random random = new(1);
        for (var i = 0; i < spec.Runs; i++)
        {
            appenders.Add(new(await CreateAsync(journal, random), spec.EventBytes, tally));
        }

        using CancellationTokenSource stop = new();
        var work = spec.Rate > 0
            ? Task.Run(() => PaceAsync(appenders, spec.Rate, stop.Token))
            : Task.WhenAll(appenders.Select(a => Task.Run(() => a.RunAsync(spec.BatchEvents, stop.Token))));
        await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(spec.WarmSeconds)));
        tally.Begin();
        await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(spec.WindowSeconds)));
        var report = tally.End();
        await stop.CancelAsync();
        await work;
        return report;
    }

    /// <summary>Gives every run its events when they are due, the runs evenly apart.</summary>
    private static async Task PaceAsync(List<RunAppender> appenders, double rate, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        long given = 0;
        while (!stop.IsCancellationRequested)
        {
            var due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * rate * appenders.Count);
            for (; given < due; given++)
            {
                appenders[(int)(given % appenders.Count)].OnDue();
            }

            await Task.Delay(1, CancellationToken.None);
        }

        await Task.WhenAll(appenders.Select(static a => a.Appending));
    }

    private static async Task<IRunWriter> CreateAsync(RunJournal journal, Random random)
    {
        var now = TimeProvider.System.GetUtcNow();
        RunSummary summary = new()
        {
            Id = RunId.Create(now, random),
            Tenant = "",
            Status = RunStatus.Running,
            Model = "openai/bench",
            Task = "text-generation",
            CreatedAt = now.ToUnixTimeMilliseconds(),
        };
        EntryBatchBuilder first = new();
        first.AddUpstreamEvent(now.ToUnixTimeMilliseconds(), 1, new ReadOnlySequence<byte>(new byte[1]));
        return await journal.CreateAsync(new NewRun(summary), first.Build(1)) is CreateOutcome.Created created
            ? created.Writer
            : throw new InvalidOperationException("A run without an idempotency key was refused.");
    }
}
