using System.Text.Json.Serialization;

namespace Orchestrator.Engine.Runs;

/// <summary>How the delay between attempts grows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Backoff>))]
public enum Backoff
{
    [JsonStringEnumMemberName("constant")] Constant = 1,
    [JsonStringEnumMemberName("linear")] Linear = 2,
    [JsonStringEnumMemberName("exponential")] Exponential = 3,
}
