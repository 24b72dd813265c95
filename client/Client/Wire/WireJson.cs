using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunSubmission))]
[JsonSerializable(typeof(RunFeedback))]
[JsonSerializable(typeof(RerunRequest))]
[JsonSerializable(typeof(BulkRequest))]
[JsonSerializable(typeof(BulkResult))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(RunAttempt))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(RunCreated))]
[JsonSerializable(typeof(AttemptStarted))]
[JsonSerializable(typeof(AttemptAttached))]
[JsonSerializable(typeof(AttemptDetached))]
[JsonSerializable(typeof(AttemptReattached))]
[JsonSerializable(typeof(AttemptFailed))]
[JsonSerializable(typeof(OutputDelta))]
[JsonSerializable(typeof(ReasoningDelta))]
[JsonSerializable(typeof(ToolCallDelta))]
[JsonSerializable(typeof(OutputResult))]
[JsonSerializable(typeof(OutputReset))]
[JsonSerializable(typeof(UsageReported))]
[JsonSerializable(typeof(WarningRaised))]
[JsonSerializable(typeof(RunCompleted))]
[JsonSerializable(typeof(RunFailed))]
[JsonSerializable(typeof(RunCancelled))]
internal sealed partial class WireJson : JsonSerializerContext;
