namespace Orchestrator.Engine.Runs;

public static class RunStatusExtensions
{
    public static bool IsEnded(this RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled;

    /// <summary>The name of <c>api.md</c>: lower case.</summary>
    public static string ToWire(this RunStatus status) => status switch
    {
        RunStatus.Queued => "queued",
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of a run."),
    };

    public static bool TryParse(string? text, out RunStatus status)
    {
        status = text switch
        {
            "queued" => RunStatus.Queued,
            "running" => RunStatus.Running,
            "completed" => RunStatus.Completed,
            "failed" => RunStatus.Failed,
            "cancelled" => RunStatus.Cancelled,
            _ => 0,
        };
        return status != 0;
    }
}
