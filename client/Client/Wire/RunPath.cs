namespace Orchestrator.Client;

internal static class RunPath
{
    public const string Runs = "v1/runs";

    /// <summary>The path of a run. Ids come from command lines: one must not lead to another resource.</summary>
    public static string Of(string runId, string resource = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        if (runId is "." or "..")
        {
            throw new ArgumentException($"'{runId}' is not a run id.", nameof(runId));
        }

        return $"{Runs}/{Uri.EscapeDataString(runId)}{resource}";
    }
}
