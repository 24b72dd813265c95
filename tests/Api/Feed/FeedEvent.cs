using System.Text.Json;

namespace Orchestrator.Api.Tests.Feed;

internal sealed record FeedEvent(string Name, JsonElement Data)
{
    public string? Text(string field) => Data.GetProperty(field).GetString();
}
