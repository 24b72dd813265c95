using Orchestrator.Engine.Runs;

namespace Orchestrator.TestKit.Upstream;

/// <summary>A request that reached the <see cref="FakeGateway"/>.</summary>
/// <param name="Run">Whose it is.</param>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Model">Of a dispatch.</param>
/// <param name="ResumedFrom">Null for a dispatch.</param>
/// <param name="Generation">The gateway's run id; null where nothing was generated.</param>
public sealed record GatewayCall(RunId Run, long Time, string Model, long? ResumedFrom, string? Generation)
{
    public bool IsDispatch => ResumedFrom is null;
}
