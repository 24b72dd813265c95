using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>Who moves on to the next model.</summary>
public enum FallbackMode
{
    /// <summary>The service, leg by leg; each leg can be resumed.</summary>
    [JsonStringEnumMemberName("client")]
    Client,

    /// <summary>The gateway, within one request; not resumable.</summary>
    [JsonStringEnumMemberName("server")]
    Server,
}
