using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Emulator.Http;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EmulatorCounters))]
[JsonSerializable(typeof(string))]
internal sealed partial class EmulatorJson : JsonSerializerContext;
