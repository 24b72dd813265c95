using System.Text.Json.Serialization;

namespace Orchestrator.Engine.Runs;

/// <summary>What to do when an answer breaks off after its first event and re-attaching does not cure it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StreamPolicy>))]
public enum StreamPolicy
{
    /// <summary>The run fails; the output so far is kept.</summary>
    [JsonStringEnumMemberName("error")] Error = 1,

    /// <summary>The run completes, marked incomplete.</summary>
    [JsonStringEnumMemberName("accept-partial")] AcceptPartial = 2,

    /// <summary>The next attempt starts from nothing.</summary>
    [JsonStringEnumMemberName("restart")] Restart = 3,

    /// <summary>The next attempt carries the partial answer and only its new text is appended.</summary>
    [JsonStringEnumMemberName("continue")] Continue = 4,
}
