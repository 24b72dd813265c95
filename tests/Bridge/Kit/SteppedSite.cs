using Orchestrator.TestKit.Time;

namespace Orchestrator.Bridge.Tests.Kit;

/// <summary>The worker over an emulator whose events come when a test lets their time pass.</summary>
public sealed class SteppedSite : BridgeSite
{
    public ManualClock Clock { get; } = new();

    protected override TimeProvider Time => Clock;
}
