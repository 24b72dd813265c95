using System.Text.Json.Serialization;

namespace Orchestrator.Emulator.Prose;

[JsonSerializable(typeof(IEnumerable<string>))]
internal sealed partial class ProseJson : JsonSerializerContext;
