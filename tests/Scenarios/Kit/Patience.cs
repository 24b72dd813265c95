namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>For what is sure to come unless something is broken: far longer than any machine needs, as it costs nothing where all is well.</summary>
internal static class Patience
{
    public static readonly TimeSpan OfAStep = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan OfATest = TimeSpan.FromMinutes(10);
}
