namespace Orchestrator.Client.Tests.Kit;

/// <summary>Runs as the service writes them. Members added behind the ones here override them: of two with one name the last one counts.</summary>
internal static class RunJson
{
    public const string Id = "run_1";

    public static string Of(string status, string more = "") => $$"""
        {"id":"run_1","status":"{{status}}","seq":3,"eventOffset":2,"model":"openai/gpt-5-mini","task":"text-generation","metadata":{"team":"a"},
        "warnings":[],"createdAt":"2026-11-21T10:00:00Z","startedAt":"2026-11-21T10:00:01Z","endedAt":{{Ended(status)}},"incomplete":false,
        "incompleteReason":null,"output":{"text":"Hello","reasoning":null,"toolCalls":[]},"finishReason":null,
        "usage":{"inputTokens":7,"outputTokens":120,"totalTokens":127},
        "attempts":[{"attempt":1,"leg":0,"model":"openai/gpt-5-mini","transport":"run","resumable":true,"gatewayRunId":"g1","gatewayLogId":"l1",
        "startedAt":"2026-11-21T10:00:01Z","events":120,"reattaches":1,"usage":null,"error":null}],
        "error":null,"spec":{"model":"openai/gpt-5-mini"}{{more}}}
        """;

    /// <summary>A run of a list, as the service writes it.</summary>
    public static string Summary(string status, string more = "") => $$"""
        {"id":"run_1","status":"{{status}}","model":"openai/gpt-5-mini","task":"text-generation","tenant":"","metadata":{"team": "a"},
        "createdAt":"2026-11-21T10:00:00Z","startedAt":"2026-11-21T10:00:01Z","endedAt":{{Ended(status)}},"incomplete":false,"incompleteReason":null,
        "finishReason":null,"usage":{"inputTokens":7,"outputTokens":120,"totalTokens":127},"error":null,"cost":null,"seq":3,"attempts":2,
        "reattaches":1,"fallbacks":0,"leg":0,"phase":"ended","traceId":"0af7651916cd43dd8448eb211c80319c"{{more}}}
        """;

    private static string Ended(string status) => status is "completed" or "failed" or "cancelled" ? "\"2026-11-21T10:00:12.3Z\"" : "null";
}
