using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>What becomes of a run whose stream broke for good after its first event.</summary>
public enum BreakAction
{
    /// <summary>It fails; the output so far is kept.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>It completes, incomplete, with the output so far.</summary>
    [JsonStringEnumMemberName("accept-partial")]
    AcceptPartial,

    /// <summary>It starts again from nothing; readers see <c>output.reset</c>.</summary>
    [JsonStringEnumMemberName("restart")]
    Restart,

    /// <summary>The next attempt is given the partial answer and goes on from it.</summary>
    [JsonStringEnumMemberName("continue")]
    Continue,
}
