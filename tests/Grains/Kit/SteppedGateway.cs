using System.Collections.Concurrent;
using System.Globalization;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Grains.Tests.Kit;

/// <summary>A gateway that a cluster shares: each run's generation moves on when the test says so, and is there for whoever resumes it. Thread-safe.</summary>
internal sealed class SteppedGateway : IGateway
{
    private readonly ConcurrentDictionary<string, SteppedGeneration> _generations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RunId> _dispatches = new();

    public IReadOnlyList<string> Secrets { get; } = [];

    /// <summary>How many pieces of text a generation has.</summary>
    public int Pieces { get; init; } = 20;

    /// <summary>Connections that nobody has closed.</summary>
    public int Open => _generations.Values.Sum(static generation => generation.Open);

    public int Dispatches(RunId run) => _dispatches.Count(dispatched => dispatched == run);

    /// <summary>Lets that many more events of the run come, dispatched or not yet; all, where no number is given.</summary>
    public void Advance(RunId run, int events = int.MaxValue) => Of(run).Advance(events);

    public Task<GatewayReply> DispatchAsync(GatewayDispatch dispatch, CancellationToken cancellationToken)
    {
        _dispatches.Enqueue(dispatch.Run);
        return Task.FromResult<GatewayReply>(Reply(Id(dispatch.Run), Of(dispatch.Run), 0));
    }

    public Task<GatewayReply> ResumeAsync(
        string? gatewayId, string gatewayRunId, long from, WireFormat wire, CancellationToken cancellationToken) =>
        Task.FromResult<GatewayReply>(Reply(gatewayRunId, _generations[gatewayRunId], (int)from));

    public Task<LogReply> GetLogAsync(string? gatewayId, string logId, CancellationToken cancellationToken) =>
        Task.FromResult(new LogReply { Body = "{}"u8.ToArray() });

    public Task<GatewayError?> PatchLogAsync(string? gatewayId, string logId, LogPatch patch, CancellationToken cancellationToken) =>
        Task.FromResult<GatewayError?>(null);

    private static string Id(RunId run) => "gen-" + run;

    private SteppedGeneration Of(RunId run) => _generations.GetOrAdd(Id(run), _ => new SteppedGeneration(ChatScript.Render(
        WireFormat.OpenAi, Enumerable.Range(0, Pieces).Select(static piece => string.Create(CultureInfo.InvariantCulture, $" word{piece}")))));

    private static StreamReply Reply(string id, SteppedGeneration generation, int from) => new()
    {
        Headers = new ReplyHeaders { Status = 200, RunId = id, LogId = "log-" + id },
        Wire = WireFormat.OpenAi,
        Resumable = true,
        Events = generation.Connect(from),
    };
}
