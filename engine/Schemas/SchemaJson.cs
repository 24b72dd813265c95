using System.Text.Json.Serialization;

namespace Orchestrator.Engine.Schemas;

[JsonSerializable(typeof(string))]
internal sealed partial class SchemaJson : JsonSerializerContext;
