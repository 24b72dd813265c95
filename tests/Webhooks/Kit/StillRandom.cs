namespace Orchestrator.Webhooks.Tests.Kit;

/// <summary>No jitter: delays are what the schedule says.</summary>
internal sealed class StillRandom : Random
{
    public override double NextDouble() => 0;
}
