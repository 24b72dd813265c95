using System.Text.Json.Serialization;

namespace Orchestrator.Engine.Entries;

/// <summary>How an attempt takes up the partial answer of the ones before it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Continuation>))]
public enum Continuation
{
    /// <summary>It does not: it starts from nothing.</summary>
    [JsonStringEnumMemberName("none")] None = 1,

    /// <summary>The partial answer is the last, the assistant's, turn.</summary>
    [JsonStringEnumMemberName("prefill")] Prefill = 2,

    /// <summary>The partial answer is the assistant's turn, and a user's turn asks to go on.</summary>
    [JsonStringEnumMemberName("user-turn")] UserTurn = 3,
}
