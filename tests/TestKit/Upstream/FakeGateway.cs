using System.Globalization;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Time;

namespace Orchestrator.TestKit.Upstream;

/// <summary>
/// The AI Gateway in memory (<c>gateway.md</c> §2): generations that go on by the clock whether anybody reads them or not, a buffer that
/// expires, and faults exactly where the plan of a dispatch has them. Deterministic; it knows how often it was asked.
/// </summary>
/// <param name="clock">Drives the generations.</param>
/// <param name="plan">What becomes of each dispatch, in the order in which they come.</param>
public sealed class FakeGateway(ManualClock clock, Func<GatewayDispatch, DispatchPlan> plan) : IGateway
{
    private readonly Dictionary<string, Generation> _generations = new(StringComparer.Ordinal);
    private readonly List<GatewayCall> _calls = [];
    private readonly List<string> _violations = [];
    private int _open;

    public IReadOnlyList<string> Secrets { get; init; } = [];

    public IReadOnlyList<GatewayCall> Calls => _calls;

    public IReadOnlyDictionary<string, Generation> Generations => _generations;

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Connections that nobody has closed.</summary>
    public int OpenConnections => _open;

    public int Dispatches(RunId run) => _calls.Count(call => call.Run == run && call.IsDispatch);

    public async Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = plan(dispatch);
        var id = string.Create(CultureInfo.InvariantCulture, $"gen-{_calls.Count + 1}");
        var generation = answer.Refusal is null && answer.Document is null ? new Generation(dispatch, answer, id, clock.NowMs) : null;
        _calls.Add(new GatewayCall(dispatch.Run, clock.NowMs, dispatch.Model, null, generation?.Id));
        if (generation is not null)
        {
            _generations.Add(id, generation);
        }

        await AnswerAsync(answer.AnswerAfterMs, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            return new FailureReply { Error = refusal, Headers = new ReplyHeaders { Status = refusal.Status ?? 0 } };
        }

        var headers = new ReplyHeaders { Status = 200, RunId = answer.Resumable ? generation?.Id : null, LogId = "log-" + id, CacheStatus = "MISS" };
        return answer.Document is { } document
            ? new DocumentReply { Headers = headers, Wire = answer.Wire, ContentType = document.ContentType, Body = document.Body }
            : Stream(headers, generation!, 0, answer.Connection);
    }

    public async Task<GatewayReply> ResumeAsync(
        string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_generations.TryGetValue(gatewayRunId, out var generation))
        {
            throw Violation($"{gatewayRunId} was never dispatched, and is resumed.");
        }

        if (!generation.Plan.Resumable || wire != generation.Plan.Wire)
        {
            throw Violation($"{gatewayRunId} is resumed as it never answered.");
        }

        var answer = generation.Plan.Resume(generation.Resumes++);
        _calls.Add(new GatewayCall(generation.Request.Run, clock.NowMs, generation.Request.Model, from, gatewayRunId));
        await AnswerAsync(answer.AnswerAfterMs, cancellationToken);
        var headers = new ReplyHeaders { Status = 200, RunId = gatewayRunId };
        if (clock.NowMs > generation.ExpiresAt)
        {
            return new FailureReply { Error = FakeErrors.Expired };
        }

        if (answer.Refusal is { } refusal)
        {
            return new FailureReply { Error = refusal };
        }

        if (answer.Document)
        {
            return new DocumentReply { Headers = headers, Wire = wire, ContentType = "application/json", Body = "{}"u8.ToArray() };
        }

        var start = from == 0 ? 0 : Math.Clamp(from + answer.Shift, 0, generation.Count);
        return Stream(headers, generation, (int)start, answer.Connection);
    }

    public Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken) =>
        Task.FromResult(new LogReply { Body = "{\"id\":\"log\"}"u8.ToArray() });

    public Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken) =>
        Task.FromResult<GatewayError?>(null);

    internal InvalidOperationException Violation(string what)
    {
        _violations.Add(what);
        return new InvalidOperationException(what);
    }

    internal void Closed(Generation generation)
    {
        _open--;
        if (_open < 0)
        {
            _violations.Add($"{generation.Id}: closed more often than opened.");
        }
    }

    private StreamReply Stream(ReplyHeaders headers, Generation generation, int from, ConnectionPlan connection)
    {
        _open++;
        return new StreamReply
        {
            Headers = headers,
            Wire = generation.Plan.Wire,
            Resumable = headers.RunId is not null,
            Events = new FakeEventStream(this, generation, from, connection, clock),
        };
    }

    private async Task AnswerAsync(int afterMs, CancellationToken cancellationToken)
    {
        if (afterMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(afterMs), clock, cancellationToken);
        }
    }
}
