using System.Text.Json.Serialization;

namespace Orchestrator.Bench.Library;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LibrarySpec))]
[JsonSerializable(typeof(LibraryReport))]
internal sealed partial class LibraryJson : JsonSerializerContext;
