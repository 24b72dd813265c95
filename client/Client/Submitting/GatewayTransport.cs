using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>The way to the gateway.</summary>
public enum GatewayTransport
{
    /// <summary>The run path, which can be resumed.</summary>
    [JsonStringEnumMemberName("run")]
    Run,

    /// <summary>The gateway path: caching, own keys, every provider; not resumable.</summary>
    [JsonStringEnumMemberName("gateway")]
    Gateway,
}
