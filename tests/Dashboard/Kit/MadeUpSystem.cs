namespace Orchestrator.Dashboard.Tests.Kit;

internal static class MadeUpSystem
{
    public const string Text = """
        {
          "version": "1.0.0", "host": "orchestrator-1", "startedAt": "2026-11-25T06:12:40.000Z",
          "hosts": [
            {"name": "orchestrator-1", "version": "1.0.0", "startedAt": "2026-11-25T06:12:40.000Z", "active": 41, "healthy": true},
            {"name": "orchestrator-2", "version": "1.0.0", "startedAt": "2026-11-24T22:03:11.000Z", "active": 38, "healthy": true}
          ],
          "journal": {"provider": "SQLite", "commits": {"rate": 212.4, "p50": 0.0009, "p99": 0.0061}, "bytes": 734003200, "events": {"rate": 3911.5}, "healthy": true},
          "limits": [{"model": "openai/gpt-5-mini", "concurrency": 64, "inUse": 31}, {"model": "anthropic/claude-haiku-4.5", "concurrency": 32, "inUse": 32}],
          "queues": [{"model": "anthropic/claude-haiku-4.5", "waiting": 14, "oldestSeconds": 3.2}],
          "circuits": [{"model": "google/gemini-3-flash", "state": "open", "until": "2026-11-25T12:00:24.000Z"}, {"model": "openai/gpt-5-mini", "state": "closed", "until": null}],
          "gateway": {"kind": "bridge", "url": "https://bridge.example.workers.dev/", "healthy": true, "lastOk": "2026-11-25T12:00:01.200Z", "lastError": null},
          "memory": {"managed": 84211200, "workingSet": 213909504}, "runs": {"active": 79, "queued": 14}
        }
        """;
}
