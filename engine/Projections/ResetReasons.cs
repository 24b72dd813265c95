namespace Orchestrator.Engine.Projections;

/// <summary>What takes the place of the output that <c>output.reset</c> takes back.</summary>
internal static class ResetReasons
{
    /// <summary>Another attempt of the same leg, from nothing.</summary>
    public const string Restart = "restart";

    /// <summary>An attempt of the next leg, from nothing.</summary>
    public const string Fallback = "fallback";
}
