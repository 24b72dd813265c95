using System.Text.Json;

namespace Orchestrator.Webhooks.Tests.Kit;

internal sealed record SeenRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
