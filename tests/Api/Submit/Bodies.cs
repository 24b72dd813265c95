namespace Orchestrator.Api.Tests.Submit;

/// <summary>Bodies that are accepted.</summary>
internal static class Bodies
{
    /// <summary>Every field there is, with something else than its default.</summary>
    public const string Full = """
        {
          "model": "openai/gpt-5-mini",
          "input": { "messages": [ { "role": "user", "content": "Hi" } ] },
          "task": "text-generation",
          "fallback": {
            "mode": "client",
            "models": ["anthropic/claude-haiku-4.5", "@cf/meta/llama-3.1-8b-instruct"],
            "inputs": { "anthropic/claude-haiku-4.5": {"max_tokens": 5, "messages": []} }
          },
          "retry": { "maxAttempts": 2, "delayMs": 100, "maxDelayMs": 2000, "backoff": "linear" },
          "resume": null,
          "onResumeExpired": "continue",
          "onStreamFailure": "accept-partial",
          "transport": "run",
          "gateway": {
            "id": "prod", "skipCache": false, "cacheTtl": null, "cacheKey": "k1", "collectLog": true, "metadata": { "team": "a" },
            "eventId": "e1", "requestTimeoutMs": 1000, "retries": { "maxAttempts": 5, "retryDelayMs": 5000, "backoff": "constant" }
          },
          "byok": false, "byokAlias": null, "zdr": true, "extraHeaders": { "x-trace": "secret-value" }, "sessionAffinity": "user-1",
          "timeouts": { "firstEventMs": 1, "idleMs": 2, "totalMs": 3 },
          "metadata": {"conversation": "c1", "n": 1.50, "b": true},
          "webhook": { "url": "https://example.com/hook?x=1", "events": ["run.completed", "run.failed", "run.completed"] }
        }
        """;
}
