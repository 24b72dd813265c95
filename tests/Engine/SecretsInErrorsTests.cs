using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Engine.Upstream;
using Orchestrator.Engine.Webhooks;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests;

/// <summary>An upstream that quotes the secrets it was sent: nobody reads them but whoever asks for its own bytes.</summary>
public sealed class SecretsInErrorsTests
{
    private const string Key = "sk-live-0123456789abcdefSECRET";
    private const string Token = "bridge-token-9876543210";
    private const string Quoting = $"Incorrect API key provided: {Key} (authorization: Bearer {Key}) by way of {Token}";

    private readonly MemoryJournal _journal = new();
    private readonly LinesLog<EmbeddedRuns> _log = new();
    private string _events = "";
    private string _stream = "";

    [Theory]
    [InlineData(WireFormat.OpenAi)]
    [InlineData(WireFormat.Anthropic)]
    [InlineData(WireFormat.WorkersAi)]
    public Task In_a_stream_error(WireFormat wire) => QuotesAsync(StreamOf(wire, ChatScript.Error(wire, "invalid_api_key", Quoting)));

    [Fact]
    public Task In_the_type_of_an_error() => QuotesAsync(StreamOf(WireFormat.OpenAi, ChatScript.Error(WireFormat.OpenAi, Key, "refused")));

    [Fact]
    public Task In_an_error_that_is_no_json() =>
        QuotesAsync(StreamOf(WireFormat.Anthropic, Encoding.UTF8.GetBytes($"event: error\ndata: {Quoting}\n\n")));

    [Fact]
    public Task In_an_error_that_is_cut_off_in_the_middle_of_the_secret() =>
        QuotesAsync(StreamOf(WireFormat.OpenAi, ChatScript.Error(WireFormat.OpenAi, "invalid_api_key", new string('a', 1_985) + Key)), leaks: Key[..12]);

    [Fact]
    public Task In_a_whole_answer() => QuotesAsync(new DispatchPlan
    {
        Document = ("application/json", Encoding.UTF8.GetBytes($$$"""{"error":{"message":"{{{Quoting}}}"}}""")),
    });

    [Fact]
    public Task In_the_refusal_of_a_resume() => QuotesAsync(StreamOf(WireFormat.OpenAi, []) with
    {
        Connection = new ConnectionPlan { BreaksAfter = 1 },
        Resume = static _ => new ResumePlan { Refusal = new GatewayError { Code = ErrorCodes.Auth, Message = Quoting, Status = 401 } },
    });

    [Fact]
    public async Task With_the_key_ring_gone_the_message_is_withheld()
    {
        var view = await RunAsync(StreamOf(WireFormat.OpenAi, ChatScript.Error(WireFormat.OpenAi, "invalid_api_key", Quoting)), new ForgetfulSeal());

        Assert.Equal(ErrorCodes.Auth, view.Error!.Code);
        Assert.Contains("withheld", view.Error.Message, StringComparison.Ordinal);
    }

    private async Task QuotesAsync(DispatchPlan plan, string leaks = Key)
    {
        var view = await RunAsync(plan, new PlainSeal());

        Assert.Equal(RunStatus.Failed, view.Status);
        Assert.Contains("[redacted]", view.Error!.Message + view.Error.UpstreamCode, StringComparison.Ordinal);
        foreach (var text in await ShownAsync(view))
        {
            Assert.DoesNotContain(leaks, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        }

        // The gateway's own bytes are passed on as they are; a document is an event of them.
        Assert.Equal(
            plan.Document is { } document
                ? $"data: {Encoding.UTF8.GetString(document.Body)}\n\n"
                : string.Concat(plan.Events.Select(static one => Encoding.UTF8.GetString(one.Bytes))),
            _stream);
    }

    private async Task<RunView> RunAsync(DispatchPlan plan, ISecretSeal seal)
    {
        var clock = new ManualClock();
        var runs = new EmbeddedRuns(
            _journal, new FakeGateway(clock, _ => plan) { Secrets = [Token] }, seal, new EngineOptions(), clock, new Random(1), _log);
        var submitted = await runs.SubmitAsync(
            new Submission
            {
                Tenant = "",
                Spec = new RunSpec { Model = "openai/a", Retry = new RetrySpec { MaxAttempts = 1 }, ExtraHeaders = ["authorization"] },
                Inputs = new RunInputs("{}"u8.ToArray(), RunInputs.None),
                ExtraHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["authorization"] = $"Bearer {Key}" },
            },
            TestContext.Current.CancellationToken);
        var id = ((SubmitOutcome.Accepted)submitted).Run.Id;
        await runs.WaitForEndAsync("", id, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        _events = await (await runs.OpenEventsAsync("", id, 0, TestContext.Current.CancellationToken)).ReadToEndAsync();
        _stream = await (await runs.OpenStreamAsync("", id, 0, TestContext.Current.CancellationToken)).ReadToEndAsync();
        return (await runs.GetAsync("", id, TestContext.Current.CancellationToken))!;
    }

    /// <summary>All that anybody gets to read, but for the upstream's own bytes.</summary>
    private async Task<List<string>> ShownAsync(RunView view)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, RunJson.WriterOptions))
        {
            writer.WriteStartArray();
            RunJson.Write(writer, view.Error);
            RunJson.Write(writer, view.Attempts);
            writer.WriteEndArray();
        }

        List<string> shown =
        [
            _events, Encoding.UTF8.GetString(json.WrittenSpan), Encoding.UTF8.GetString(WebhookBody.Write(view).Span), .. _log.Lines,
            JsonSerializer.Serialize(_journal.Store.FindRow(view.Id)),
        ];
        await foreach (var batch in _journal.ReadAsync(view.Id, 1, TestContext.Current.CancellationToken))
        {
            foreach (var entry in batch)
            {
                if (entry.Kind is not (EntryKind.UpstreamEvent or EntryKind.AttemptResult or EntryKind.RunSubmitted))
                {
                    shown.Add(Encoding.UTF8.GetString(entry.Payload.Span));
                }
            }
        }

        return shown;
    }

    private static DispatchPlan StreamOf(WireFormat wire, byte[] error) => new()
    {
        Wire = wire,
        Events = [new TimedEvent(0, ChatScript.Render(wire, ["Hello"])[wire == WireFormat.WorkersAi ? 0 : 1]), .. error.Length == 0 ? [] : new[] { new TimedEvent(0, error) }],
    };

    /// <summary>Opens what it sealed once.</summary>
    private sealed class ForgetfulSeal : ISecretSeal
    {
        private bool _opened;

        public byte[] Seal(ReadOnlySpan<byte> secret) => secret.ToArray();

        public byte[] Open(ReadOnlySpan<byte> sealedSecret)
        {
            if (_opened)
            {
                throw new CryptographicException("The key was not found in the key ring.");
            }

            _opened = true;
            return sealedSecret.ToArray();
        }
    }
}
