namespace Orchestrator.Engine.Turns;

/// <summary>The names of what a run can wait for. They are in journals and in the API: they never change.</summary>
public static class TurnLimits
{
    /// <summary>Requests in a window of time.</summary>
    public const string Requests = "requests";

    /// <summary>The upstream refused a request for its rate, and asked to wait.</summary>
    public const string RetryAfter = "retry-after";

    /// <summary>The day's neurons are spent.</summary>
    public const string Neurons = "neurons";
}
