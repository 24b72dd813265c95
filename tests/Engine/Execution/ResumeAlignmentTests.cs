using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Execution;

/// <summary>
/// Taking a stream up again (<c>gateway.md</c> §2). Events are letters: what was received, what the gateway replays for an index, and what
/// must come out as new.
/// </summary>
public sealed class ResumeAlignmentTests
{
    /// <param name="received">In the journal.</param>
    /// <param name="replays">Index asked for and what comes; an index may be asked for once.</param>
    /// <param name="rest">What follows the overlap.</param>
    [Theory]
    [InlineData("abcdef", "2:cdefgh", "gh")]
    [InlineData("abcdef", "2:cdef", "")]
    [InlineData("ab", "0:abc", "c")]
    [InlineData("", "0:abc", "abc")]
    [InlineData("", "0:", "")]
    [InlineData("abcdef", "2:abcdefgh;0:abcdefgh", "gh")] // It counts less than we do: the whole is compared.
    [InlineData("abcdef", "2:bcdef;0:abcdef", "")]
    [InlineData("abcdef", "2:xcdefgh;0:abcdefgh", "gh")] // A match further on may be the same words said again.
    [InlineData("abcdef", "2:efgh;0:abcdefgh", "gh")] // It counts more: the overlap is cut, the whole is compared.
    [InlineData("abcdef", "2:ghij;0:abcdefghij", "ghij")]
    [InlineData("abcdef", "2:;0:abcdefg", "g")]
    [InlineData("abcdef", "2:def;0:abcdef", "")] // Fewer events than the overlap.
    [InlineData("aaaaaa", "0:aaaaaab", "b")] // The same event again and again: it would match wherever the replay begins.
    [InlineData("aaaa", "0:aaaaaa", "aa")]
    [InlineData("abcdexexex", "2:cdexexexf", "f")] // It asks further back until the events do not repeat within themselves.
    [InlineData("ababab", "0:abababc", "c")]
    [InlineData("bababa", "0:bababac", "c")]
    public async Task What_follows_the_overlap_is_new(string received, string replays, string rest)
    {
        foreach (var packet in (int[])[1, 3, 100])
        {
            var gateway = Gateway(replays, packet);
            var outcome = await AttachAsync(received, gateway);
            Assert.Null(outcome.End);
            Assert.Equal(rest, await DrainAsync(outcome));
            Assert.Equal(replays.Split(';').Select(static each => (long)(each[0] - '0')), gateway.Asked);
            Assert.Equal(1, gateway.Open);
            await outcome.Reply!.DisposeAsync();
            Assert.Equal(0, gateway.Open);
        }
    }

    [Theory]
    [InlineData("abcdef", "2:xxxxxx;0:abxdefgh")]
    [InlineData("ab", "0:ax")]
    public async Task Where_nothing_matches_the_resume_is_refused_and_nothing_is_guessed(string received, string replays)
    {
        var gateway = Gateway(replays);
        var refused = Assert.IsType<ConnectionEnd.Refused>((await AttachAsync(received, gateway)).End);
        Assert.Equal(Errors.Mismatch(received.Length), refused.Error);
        Assert.Equal(0, gateway.Open);
        Assert.Equal(replays.Split(';').Select(static each => (long)(each[0] - '0')), gateway.Asked);
    }

    /// <summary>It can be asked again: the budget of losses without a new event is its bound.</summary>
    [Theory]
    [InlineData("abcdef", "2:cdxf;0:abcde")]
    [InlineData("abcdef", "2:cdxf;0:")]
    [InlineData("aaaaaa", "0:aaaaa")]
    public async Task A_replay_of_all_that_ends_too_early_is_a_break(string received, string replays)
    {
        var gateway = Gateway(replays);
        Assert.Equal(DetachReasons.Broken, Assert.IsType<ConnectionEnd.Broken>((await AttachAsync(received, gateway)).End).Reason);
        Assert.Equal(0, gateway.Open);
    }

    /// <summary>Only the attempt's own events are compared, whatever else lies between them.</summary>
    [Fact]
    public async Task Events_of_an_earlier_attempt_and_entries_in_between_do_not_count()
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/a" })
            .Dispatch().Attach(WireFormat.OpenAi, resumable: false).Take(Events("zzz")).Commit().Fail(Errors.Broken(null))
            .Dispatch().Attach(WireFormat.OpenAi, gatewayRunId: "gen-1");
        run.Take(Events("ab")).Commit().Detach(DetachReasons.Broken).Reattach().Take(Events("cde")).Commit().Detach(DetachReasons.Broken);
        var gateway = Gateway("1:xxxx;0:abcdefg");
        Assert.Equal("fg", await DrainAsync(await AttachAsync(run, gateway)));
    }

    [Fact]
    public async Task A_connection_that_breaks_inside_the_overlap_is_a_break()
    {
        var gateway = new ReplayGateway(_ => Stream("cd", new StreamSignal(StreamSignalKind.Broken, FakeErrors.Connection), packet: 1));
        var broken = Assert.IsType<ConnectionEnd.Broken>((await AttachAsync("abcdef", gateway)).End);
        Assert.Equal((DetachReasons.Broken, FakeErrors.Connection.Message), (broken.Reason, broken.Message));
        Assert.Equal((0, 1), (gateway.Open, gateway.Asked.Count));
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_class()
    {
        var gateway = new ReplayGateway(static _ => new FailureReply { Error = FakeErrors.Expired });
        var refused = Assert.IsType<ConnectionEnd.Refused>((await AttachAsync("abcdef", gateway)).End);
        Assert.Equal((RunErrorCodes.ResumeExpired, false), (refused.Error.Code, refused.Error.Recoverable));
    }

    [Fact]
    public async Task A_document_is_no_stream_and_may_be_asked_for_again()
    {
        var gateway = new ReplayGateway(static _ => new DocumentReply { Wire = WireFormat.OpenAi, ContentType = "text/html", Body = default });
        var refused = Assert.IsType<ConnectionEnd.Refused>((await AttachAsync("abcdef", gateway)).End);
        Assert.True(refused.Error.Recoverable);
    }

    private static Task<ResumeOutcome> AttachAsync(string received, ReplayGateway gateway) => AttachAsync(
        RunRecording.Of(new RunSpec { Model = "openai/a" })
            .Dispatch().Attach(WireFormat.OpenAi).Take(Events(received)).Commit().Detach(DetachReasons.Broken),
        gateway);

    private static async Task<ResumeOutcome> AttachAsync(RunRecording run, ReplayGateway gateway)
    {
        var clock = new ManualClock();
        var services = new RunServices(
            await StoredJournal.OfAsync(run.Batches),
            gateway,
            new PlainSeal(),
            new UpstreamPipelines(new ResilienceOptions(), clock),
            new LocalTurns(new LimitOptions(), clock),
            clock,
            new Jitter(new Random(1)),
            NullLogger.Instance);
        return await new ResumeAlignment(RunRecording.Id, run.State, services).AttachAsync(CancellationToken.None);
    }

    private static IEnumerable<byte[]> Events(string letters) => letters.Select(static letter => Encoding.UTF8.GetBytes(Event(letter)));

    private static string Event(char letter) => $"data: {letter}\n\n";

    private static StreamReply Stream(string letters, StreamSignal end, int packet) => new()
    {
        Wire = WireFormat.OpenAi,
        Events = new ScriptedEvents(letters.Select(Event), end, packet),
    };

    private static ReplayGateway Gateway(string replays, int packet = 2)
    {
        var next = new Queue<string>(replays.Split(';'));
        return new ReplayGateway(from =>
        {
            var replay = next.Dequeue();
            Assert.Equal(replay[0] - '0', from);
            return Stream(replay[2..], ScriptedEvents.Clean, packet);
        });
    }

    /// <summary>As the pump does: takes what is there before it waits.</summary>
    private static async Task<string> DrainAsync(ResumeOutcome outcome)
    {
        var letters = new StringBuilder();
        var events = outcome.Reply!.Events;
        for (var signal = await outcome.Next; signal.Kind == StreamSignalKind.Events; signal = await events.WaitAsync(CancellationToken.None))
        {
            while (events.TryRead(out var raw))
            {
                letters.Append((char)raw.ToArray()["data: ".Length]);
            }
        }

        return letters.ToString();
    }
}
