namespace Orchestrator.Dashboard.Tests.Kit;

internal static class MadeUpSystem
{
    public const string Text = """
        {
          "version": "1.0.0+1f0c2d3e", "host": "orchestrator-1", "startedAt": "2026-11-25T06:12:40.000Z",
          "hosts": [
            {"name": "orchestrator-1", "status": "active", "answers": true, "startedAt": "2026-11-25T06:12:40.000Z", "version": "1.0.0+1f0c2d3e", "activeRuns": 41},
            {"name": "orchestrator-2", "status": "active", "answers": false, "startedAt": "2026-11-24T22:03:11.000Z", "version": "1.0.0+1f0c2d3e", "activeRuns": 38},
            {"name": "orchestrator-3", "status": "shutting down", "answers": false, "startedAt": "2026-11-24T22:03:11.000Z", "version": null, "activeRuns": null}
          ],
          "journal": {"provider": "PostgreSQL at db.example.internal/orchestrator, schema orchestrator", "commits": {"rate": 212.4, "p50": 0.0009, "p99": 0.0061}, "events": {"rate": 3911.5}, "healthy": true, "reason": null},
          "limits": [{"model": "openai/gpt-5-mini", "requests": 500, "windowSeconds": 60}, {"model": "@cf/… (text-generation)", "requests": 300, "windowSeconds": 60}],
          "queues": [{"phase": "queued", "runs": 14}, {"phase": "recovering", "runs": 2}],
          "circuits": [{"model": "google/gemini-3-flash", "state": "open", "until": "2026-11-25T12:00:24.000Z"}],
          "gateway": {"kind": "bridge at https://bridge.example.workers.dev/", "url": null, "healthy": false, "lastOk": "2026-11-25T12:00:01.200Z",
            "lastError": {"at": "2026-11-25T12:00:02.900Z", "model": "dynamic/customer-support-long-context-with-fallbacks", "code": "provider-unavailable"}},
          "memory": {"residentBytes": 213909504, "managedBytes": 84211200}, "runs": {"active": 79, "queued": 14}
        }
        """;
}
