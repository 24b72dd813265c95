using System.Text.Json.Serialization;
using Orchestrator.Emulator.Logs;

namespace Orchestrator.Emulator.Http;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GatewayLog))]
internal sealed partial class LogJson : JsonSerializerContext;
