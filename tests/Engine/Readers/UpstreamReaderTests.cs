using System.Text;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Readers;

/// <summary>A reader of the upstream's bytes while one attempt takes over from another.</summary>
public sealed class UpstreamReaderTests
{
    private readonly RunRecording _run = RunRecording.Of(new RunSpec { Model = "openai/a", Fallback = new FallbackSpec { Models = ["openai/b"] } })
        .Dispatch()
        .Attach(WireFormat.OpenAi).Take(Wire.OpenAi("old")).Commit();

    [Fact]
    public async Task A_reader_that_was_sent_bytes_of_the_old_attempt_is_told_to_come_back()
    {
        var tail = Read.Tail(_run.Batches, end: TailEnd.Open);
        using var reader = new UpstreamReader(Read.Follower(await StoredJournal.OfAsync(_run.Batches), tail: tail), 1, 0, 0);
        Assert.Equal("old", Text(await reader.ReadAsync(CancellationToken.None)));
        TakeOver();
        PublishFrom(tail, 2);
        Assert.Equal(ReaderReadKind.Moved, (await reader.ReadAsync(CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task A_reader_that_was_sent_nothing_yet_gets_the_new_attempt_from_its_index()
    {
        var tail = Read.Tail(_run.Batches, end: TailEnd.Open);
        using var reader = new UpstreamReader(Read.Follower(await StoredJournal.OfAsync(_run.Batches), tail: tail), 1, 0, 1);
        var wait = reader.ReadAsync(CancellationToken.None).AsTask();
        Assert.False(wait.IsCompleted);
        TakeOver();
        PublishFrom(tail, 2);
        Assert.Equal("two", Text(await wait));
    }

    /// <summary>Both attempts in one read: their bytes must never come as one stream.</summary>
    [Fact]
    public async Task Bytes_of_two_attempts_are_never_mixed()
    {
        TakeOver();
        var all = Orchestrator.TestKit.Journal.Regrouping.Cut(_run.Batches, 1, _run.Batches[^1].LastNumber);
        using var reader = new UpstreamReader(Read.Follower(await StoredJournal.OfAsync([all])), 1, 0, 0);
        Assert.Equal(ReaderReadKind.Moved, (await reader.ReadAsync(CancellationToken.None)).Kind);
    }

    /// <summary>An answer that was no stream, read as the stream that was asked for: a stream of one event, or of none.</summary>
    [Theory]
    [InlineData("application/json", "{\"response\":\"hi\"}", "data: {\"response\":\"hi\"}\n\n")]
    [InlineData("application/json; charset=utf-8", "{\n  \"a\": 1,\r\n\"b\": 2\n}\n", "data: {\ndata:   \"a\": 1,\ndata: \ndata: \"b\": 2\ndata: }\ndata: \n\n")]
    [InlineData("image/png", "PNG", "")]
    public async Task A_JSON_answer_is_one_event(string contentType, string body, string sent)
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/a" }).Dispatch().Attach(WireFormat.OpenAi).Result(contentType, Encoding.UTF8.GetBytes(body)).End();
        var journal = await StoredJournal.OfAsync(run.Batches);
        foreach (var (from, expected) in new[] { (0, sent), (1, "") })
        {
            using var reader = new UpstreamReader(Read.Follower(journal), 1, 0, from);
            Assert.Equal((expected, ReaderReadKind.End), await Read.AllAsync(reader));
        }
    }

    [Fact]
    public async Task An_end_without_the_last_entry_is_none()
    {
        using var reader = new UpstreamReader(Read.Follower(await StoredJournal.OfAsync(_run.Batches)), 1, 0, 5);
        Assert.Equal(ReaderReadKind.Moved, (await reader.ReadAsync(CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task Events_without_the_terminal_one_are_no_end_either()
    {
        using var reader = new EventReader(RunRecording.Id, Read.Follower(await StoredJournal.OfAsync(_run.Batches)), null, 0);
        Assert.Equal(ReaderReadKind.Moved, (await Read.AllAsync(reader)).End);
    }

    private void TakeOver() => _run.Fail(Errors.Broken(null)).Dispatch(leg: 1)
        .Attach(WireFormat.OpenAi).Take(Wire.OpenAi("one")).Commit()
        .Take(Wire.OpenAi("two")).Commit();

    private void PublishFrom(RunTail tail, int batch)
    {
        foreach (var next in _run.Batches.Skip(batch))
        {
            tail.Publish(next);
        }
    }

    private static string Text(ReaderRead read)
    {
        Assert.Equal(ReaderReadKind.Data, read.Kind);
        var reading = new ChunkReading();
        WireReader.Read(WireFormat.OpenAi, read.Bytes.Span, reading);
        return Encoding.UTF8.GetString(reading.EscapedText(reading.Deltas[0]));
    }
}
