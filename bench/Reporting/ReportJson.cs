using System.Text.Json.Serialization;

namespace Orchestrator.Bench.Reporting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Section))]
internal sealed partial class ReportJson : JsonSerializerContext;
