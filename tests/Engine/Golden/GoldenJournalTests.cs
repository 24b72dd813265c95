using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>The format on disk: checked-in bytes are read as they were meant, and today's code still writes the same.</summary>
public sealed class GoldenJournalTests
{
    public static TheoryData<string> Names => GoldenRuns.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_code_writes_the_bytes_that_are_checked_in(string name)
    {
        var expected = JournalText.Parse(GoldenFiles.Read(name, GoldenFiles.Journal));
        var actual = GoldenRuns.All[name]().Batches;
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (old, now) in expected.Zip(actual))
        {
            Assert.Equal((old.FirstNumber, old.Count, old.BaseTime), (now.FirstNumber, now.Count, now.BaseTime));
            Assert.Equal(old.Data.ToArray(), now.Data.ToArray());
            Assert.Equal(old.Checkpoint?.Seq, now.Checkpoint?.Seq);
            Assert.Equal(old.Checkpoint?.State.ToArray(), now.Checkpoint?.State.ToArray());
        }
    }

    /// <summary>The disassembly beside the bytes says what is in them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_checked_in_bytes_read_as_the_text_beside_them(string name)
    {
        var text = GoldenFiles.Read(name, GoldenFiles.Journal);
        Assert.Equal(text, JournalText.Format(JournalText.Parse(text)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_journal_folds_to_an_ended_run(string name)
    {
        var batches = JournalText.Parse(GoldenFiles.Read(name, GoldenFiles.Journal));
        var run = ProjectedRun.Fold(batches);
        Assert.NotNull(run.End);
        Assert.Equal(batches[^1].LastNumber, run.LastNumber);
    }

    [Fact]
    public void Every_folder_has_its_run()
    {
        _ = GoldenFiles.Read("openai-chat", GoldenFiles.Journal);
        Assert.Equal(
            GoldenRuns.All.Keys,
            Directory.GetDirectories(GoldenFiles.Folder).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }
}
