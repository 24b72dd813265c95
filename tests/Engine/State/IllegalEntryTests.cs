using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Golden;
using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.State;

/// <summary>A journal that no run can have is refused with the one exception that a host takes for damage, and the entry is not counted.</summary>
public sealed class IllegalEntryTests
{
    private const string Started = """{"attempt":1,"leg":0,"model":"m","transport":"run","dispatchId":"d"}""";

    private readonly RunState _submitted = RunRecording.Of(new RunSpec { Model = "openai/a" }).Commit().State;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(255)]
    public void An_unknown_kind(byte kind)
    {
        Refused(_submitted, (EntryKind)kind, "{}");
        Assert.Equal(1, _submitted.LastNumber);
    }

    [Theory]
    [InlineData(EntryKind.AttemptAttached, """{"attempt":1,"wire":"OpenAi","resumable":true}""")]
    [InlineData(EntryKind.UpstreamEvent, "\u0001data: x\n\n")]
    [InlineData(EntryKind.AttemptDetached, """{"attempt":1,"offset":0,"reason":"idle"}""")]
    [InlineData(EntryKind.AttemptReattached, """{"attempt":1,"offset":0,"gapMs":0}""")]
    [InlineData(EntryKind.AttemptResult, "\u0001\u0000{}")]
    [InlineData(EntryKind.AttemptFailed, """{"attempt":1,"error":{"code":"auth","message":"no"}}""")]
    public void An_attempt_that_was_never_started(EntryKind kind, string payload) => Refused(_submitted, kind, payload);

    [Theory]
    [InlineData(EntryKind.AttemptStarted, Started)]
    [InlineData(EntryKind.RunEnded, """{"status":"Completed"}""")]
    public void A_beginning_that_submits_nothing(EntryKind kind, string payload) => Refused(new RunState(), kind, payload);

    [Fact]
    public void A_second_submission()
    {
        var batch = RunRecording.Of(new RunSpec { Model = "openai/b" }).Commit().Batches[0];
        Assert.Throws<InvalidDataException>(() => _submitted.Apply(new EntryBatch(2, 1, batch.BaseTime, batch.Data)));
        Assert.Equal("openai/a", _submitted.Spec.Model);
    }

    [Fact]
    public void Anything_after_the_end() => Refused(GoldenRuns.All["openai-chat"]().State, EntryKind.AttemptStarted, Started);

    [Theory]
    [InlineData(EntryKind.AttemptStarted, "{\"attempt\":1,")]
    [InlineData(EntryKind.AttemptStarted, """{"attempt":1}""")]
    [InlineData(EntryKind.AttemptStarted, "null")]
    [InlineData(EntryKind.RunEnded, """{"status":"Undone"}""")]
    [InlineData(EntryKind.RunEnded, "")]
    public void A_payload_that_is_damaged(EntryKind kind, string payload) => Refused(_submitted, kind, payload);

    [Fact]
    public void A_submission_that_is_cut_short_anywhere()
    {
        var batch = RunRecording.Of(new RunSpec { Model = "openai/a" }).Commit().Batches[0];
        var entries = batch.GetEnumerator();
        entries.MoveNext();
        for (var length = 0; length < entries.Current.Payload.Length; length++)
        {
            var builder = new EntryBatchBuilder();
            builder.Add(EntryKind.RunSubmitted, RunRecording.Start, entries.Current.Payload.Span[..length]);
            var cut = builder.Build(1);
            Assert.Throws<InvalidDataException>(() => new RunState().Apply(cut));
        }
    }

    private static void Refused(RunState state, EntryKind kind, string payload)
    {
        var last = state.LastNumber;
        var builder = new EntryBatchBuilder();
        builder.Add(kind, RunRecording.Start, Encoding.UTF8.GetBytes(payload));
        Assert.Throws<InvalidDataException>(() => state.Apply(builder.Build(last + 1)));
        Assert.Equal(last, state.LastNumber);
    }
}
