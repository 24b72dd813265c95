using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Tests;

public sealed class RunIdTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_id_survives_text_and_bytes()
    {
        var id = RunId.Create(Time, new Random(1));
        Assert.Equal(id, RunId.Parse(id.ToString()));
        Assert.Equal(id, RunId.FromBytes(id.ToBytes()));
    }

    [Fact]
    public void Ids_sort_by_time_as_numbers_and_as_text()
    {
        var random = new Random(2);
        var ids = Enumerable.Range(0, 100).Select(i => RunId.Create(Time.AddMilliseconds(i), random)).ToList();
        Assert.Equal(ids, ids.Order());
        Assert.Equal(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal).ToList(), [.. ids.Select(id => id.ToString())], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("run_")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("run_01ARZ3NDEKTSV4RRFFQ69G5FA")]
    [InlineData("run_01ARZ3NDEKTSV4RRFFQ69G5FAVX")]
    [InlineData("run_81ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("run_01ARZ3NDEKTSV4RRFFQ69G5FAU")]
    [InlineData("RUN_01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    public void What_is_no_id_is_refused(string? text) => Assert.False(RunId.TryParse(text, out _));
}
