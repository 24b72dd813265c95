using Orchestrator.TestKit.Workers;

namespace Orchestrator.Bridge.Tests.Kit;

/// <summary>The worker over a binding that throws, or tells what it was asked.</summary>
public sealed class ScriptedSite : BridgeSite
{
    protected override BridgeBinding Binding => BridgeBinding.Scripted;
}
