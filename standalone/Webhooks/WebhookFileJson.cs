using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Standalone.Webhooks;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WebhookFile))]
internal sealed partial class WebhookFileJson : JsonSerializerContext;
