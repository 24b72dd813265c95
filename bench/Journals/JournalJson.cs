using System.Text.Json.Serialization;

namespace Orchestrator.Bench.Journals;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JournalSpec))]
[JsonSerializable(typeof(JournalReport))]
internal sealed partial class JournalJson : JsonSerializerContext;
