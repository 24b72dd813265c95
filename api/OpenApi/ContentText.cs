namespace Orchestrator.Api.OpenApi;

/// <param name="Type">The content type.</param>
/// <param name="Schema">The name of a schema; null for text or bytes.</param>
/// <param name="Plain">It is text without a schema.</param>
internal sealed record ContentText(string Type, string? Schema = null, bool Plain = false);
