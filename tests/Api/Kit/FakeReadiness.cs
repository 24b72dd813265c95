namespace Orchestrator.Api.Tests.Kit;

internal sealed class FakeReadiness : IReadiness
{
    public (bool Ready, string? Reason) Answer { get; set; } = (true, null);

    public (bool Ready, string? Reason) Check() => Answer;
}
