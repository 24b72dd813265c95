using System.Globalization;
using System.Text.Json;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>What readers are shown of the checked-in journals, to the byte.</summary>
public sealed class GoldenProjectionTests
{
    public static TheoryData<string> Names => GoldenRuns.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_journal_gives_the_events_that_are_checked_in(string name) =>
        Assert.Equal(GoldenFiles.Read(name, GoldenFiles.Events), string.Concat(ProjectedRun.Events(Journal(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_journal_gives_the_run_that_is_checked_in(string name) =>
        Assert.Equal(GoldenFiles.Read(name, GoldenFiles.Resource), ResourceText.Format(ProjectedRun.View(Journal(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_rise_from_1_without_gaps_and_the_terminal_event_is_the_last(string name)
    {
        var events = ProjectedRun.Split(GoldenFiles.Read(name, GoldenFiles.Events));
        for (var i = 0; i < events.Count; i++)
        {
            var lines = events[i].Split('\n');
            var type = lines[1]["event: ".Length..];
            using var data = JsonDocument.Parse(lines[2]["data: ".Length..]);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"id: {i + 1}"), lines[0]);
            Assert.Equal(i + 1, data.RootElement.GetProperty("seq").GetInt64());
            Assert.Equal(type, data.RootElement.GetProperty("type").GetString());
            Assert.Equal(i == events.Count - 1, type is "run.completed" or "run.failed" or "run.cancelled");
        }
    }

    /// <summary>Counting without output, which numbers the events of runs that nobody reads, is the same as writing them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_fold_counts_as_many_events_as_are_written(string name)
    {
        var batches = Journal(name);
        for (var count = 1; count <= batches.Count; count++)
        {
            Assert.Equal(ProjectedRun.Events(batches.Take(count)).Count, ProjectedRun.Fold(batches.Take(count)).Seq);
        }
    }

    /// <summary>What a client puts together from the events is what the run resource has.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_deltas_since_the_last_reset_are_the_output(string name)
    {
        var batches = Journal(name);
        var client = new ClientAnswer();
        foreach (var each in ProjectedRun.Events(batches))
        {
            client.Take(each);
        }

        var answer = ProjectedRun.AnswerOf(batches);
        Assert.Equal(answer.Text, client.Text);
        Assert.Equal(answer.Reasoning ?? "", client.Reasoning);
        Assert.Equal(answer.ToolCalls.Select(static call => (call.Index, call.Name, call.Arguments)), client.ToolCalls);
    }

    /// <summary>The attempt tree that the last event shows is that of the run resource.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_terminal_event_and_the_run_tell_the_same(string name)
    {
        var batches = Journal(name);
        var view = ProjectedRun.View(batches);
        var end = ProjectedRun.Fold(batches).End!;
        Assert.Equal(end.Attempts, view.Attempts);
        Assert.Equal((end.Status, end.Usage, end.Error), (view.Status, view.Usage, view.Error));
        Assert.All(view.Attempts, static attempt => Assert.NotNull(attempt.EndedAt));
    }

    private static IReadOnlyList<EntryBatch> Journal(string name) => JournalText.Parse(GoldenFiles.Read(name, GoldenFiles.Journal));
}
