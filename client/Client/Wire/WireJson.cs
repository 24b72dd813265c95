using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Client;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunSubmission))]
[JsonSerializable(typeof(RunFeedback))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(RunPage))]
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
internal sealed partial class WireJson : JsonSerializerContext
{
    // Lazy: the order in which the parts of a partial class are initialised is not defined.
    private static readonly Lazy<WireJson> LazyReadable = new(CreateReadable);

    /// <summary>For people and pipes: text that is not ASCII stays as it is; control characters are still escaped.</summary>
    public static WireJson Readable => LazyReadable.Value;

    private static WireJson CreateReadable() =>
        new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
