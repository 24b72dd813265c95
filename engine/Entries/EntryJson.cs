using System.Text.Json.Serialization;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Entries;

/// <summary>The JSON of the journal. Names are on disk: a property is added, never renamed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunSpec))]
[JsonSerializable(typeof(RunSubmittedHead))]
[JsonSerializable(typeof(AttemptStarted))]
[JsonSerializable(typeof(AttemptAttached))]
[JsonSerializable(typeof(AttemptDetached))]
[JsonSerializable(typeof(AttemptReattached))]
[JsonSerializable(typeof(AttemptFailed))]
[JsonSerializable(typeof(RunEnded))]
[JsonSerializable(typeof(RunQueued))]
internal sealed partial class EntryJson : JsonSerializerContext;
