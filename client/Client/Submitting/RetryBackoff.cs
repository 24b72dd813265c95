using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>How the wait between two attempts grows.</summary>
public enum RetryBackoff
{
    [JsonStringEnumMemberName("constant")]
    Constant,

    [JsonStringEnumMemberName("linear")]
    Linear,

    [JsonStringEnumMemberName("exponential")]
    Exponential,
}
